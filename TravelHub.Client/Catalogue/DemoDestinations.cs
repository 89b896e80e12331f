namespace TravelHub.Client.Catalogue;

/// <summary>How hotels are named at a destination.</summary>
internal enum NamingStyle
{
    Portuguese,
    Spanish,
    Italian,
    French,
    German,
    English,
}

/// <summary>When a destination is dearest.</summary>
internal enum PeakSeason
{
    NorthernSummer,
    NorthernWinter,
    SouthernSummer,
}

/// <param name="Slug">What guests search for.</param>
/// <param name="NightlyMajor">A middling room, in whole units of the currency.</param>
internal sealed record DemoDestination(
    string Slug, string Name, string TimeZone, string Currency, int NightlyMajor, int TaxBasisPoints, NamingStyle Style, PeakSeason Peak)
{
    /// <summary>Minor units in a whole one.</summary>
    public int MinorUnits => Currency == "JPY" ? 1 : 100;
}

/// <summary>Where the demo catalogue has hotels.</summary>
internal static class DemoDestinations
{
    private const PeakSeason Summer = PeakSeason.NorthernSummer;
    private const PeakSeason Winter = PeakSeason.NorthernWinter;
    private const PeakSeason South = PeakSeason.SouthernSummer;

    public static IReadOnlyList<DemoDestination> All { get; } =
    [
        new("lisbon", "Lisbon", "Europe/Lisbon", "EUR", 130, 600, NamingStyle.Portuguese, Summer),
        new("porto", "Porto", "Europe/Lisbon", "EUR", 110, 600, NamingStyle.Portuguese, Summer),
        new("algarve", "Algarve", "Europe/Lisbon", "EUR", 120, 600, NamingStyle.Portuguese, Summer),
        new("coimbra", "Coimbra", "Europe/Lisbon", "EUR", 80, 600, NamingStyle.Portuguese, Summer),
        new("evora", "Évora", "Europe/Lisbon", "EUR", 90, 600, NamingStyle.Portuguese, Summer),
        new("madeira", "Madeira", "Atlantic/Madeira", "EUR", 115, 500, NamingStyle.Portuguese, Winter),
        new("azores", "Azores", "Atlantic/Azores", "EUR", 95, 400, NamingStyle.Portuguese, Summer),
        new("madrid", "Madrid", "Europe/Madrid", "EUR", 135, 1000, NamingStyle.Spanish, Summer),
        new("barcelona", "Barcelona", "Europe/Madrid", "EUR", 150, 1000, NamingStyle.Spanish, Summer),
        new("seville", "Seville", "Europe/Madrid", "EUR", 115, 1000, NamingStyle.Spanish, Summer),
        new("granada", "Granada", "Europe/Madrid", "EUR", 95, 1000, NamingStyle.Spanish, Summer),
        new("mallorca", "Mallorca", "Europe/Madrid", "EUR", 140, 1000, NamingStyle.Spanish, Summer),
        new("tenerife", "Tenerife", "Atlantic/Canary", "EUR", 110, 700, NamingStyle.Spanish, Winter),
        new("rome", "Rome", "Europe/Rome", "EUR", 155, 1000, NamingStyle.Italian, Summer),
        new("florence", "Florence", "Europe/Rome", "EUR", 150, 1000, NamingStyle.Italian, Summer),
        new("venice", "Venice", "Europe/Rome", "EUR", 180, 1000, NamingStyle.Italian, Summer),
        new("milan", "Milan", "Europe/Rome", "EUR", 160, 1000, NamingStyle.Italian, Summer),
        new("naples", "Naples", "Europe/Rome", "EUR", 100, 1000, NamingStyle.Italian, Summer),
        new("palermo", "Palermo", "Europe/Rome", "EUR", 90, 1000, NamingStyle.Italian, Summer),
        new("paris", "Paris", "Europe/Paris", "EUR", 190, 1000, NamingStyle.French, Summer),
        new("nice", "Nice", "Europe/Paris", "EUR", 150, 1000, NamingStyle.French, Summer),
        new("lyon", "Lyon", "Europe/Paris", "EUR", 110, 1000, NamingStyle.French, Summer),
        new("chamonix", "Chamonix", "Europe/Paris", "EUR", 170, 1000, NamingStyle.French, Winter),
        new("brussels", "Brussels", "Europe/Brussels", "EUR", 125, 600, NamingStyle.French, Summer),
        new("geneva", "Geneva", "Europe/Zurich", "CHF", 210, 380, NamingStyle.French, Summer),
        new("montreal", "Montréal", "America/Toronto", "CAD", 190, 1498, NamingStyle.French, Summer),
        new("marrakesh", "Marrakesh", "Africa/Casablanca", "MAD", 950, 1000, NamingStyle.French, Winter),
        new("berlin", "Berlin", "Europe/Berlin", "EUR", 120, 700, NamingStyle.German, Summer),
        new("munich", "Munich", "Europe/Berlin", "EUR", 145, 700, NamingStyle.German, Summer),
        new("hamburg", "Hamburg", "Europe/Berlin", "EUR", 125, 700, NamingStyle.German, Summer),
        new("vienna", "Vienna", "Europe/Vienna", "EUR", 135, 1000, NamingStyle.German, Summer),
        new("innsbruck", "Innsbruck", "Europe/Vienna", "EUR", 140, 1000, NamingStyle.German, Winter),
        new("zurich", "Zürich", "Europe/Zurich", "CHF", 230, 380, NamingStyle.German, Summer),
        new("london", "London", "Europe/London", "GBP", 170, 2000, NamingStyle.English, Summer),
        new("edinburgh", "Edinburgh", "Europe/London", "GBP", 140, 2000, NamingStyle.English, Summer),
        new("bath", "Bath", "Europe/London", "GBP", 125, 2000, NamingStyle.English, Summer),
        new("dublin", "Dublin", "Europe/Dublin", "EUR", 165, 1350, NamingStyle.English, Summer),
        new("amsterdam", "Amsterdam", "Europe/Amsterdam", "EUR", 175, 900, NamingStyle.English, Summer),
        new("copenhagen", "Copenhagen", "Europe/Copenhagen", "DKK", 1250, 2500, NamingStyle.English, Summer),
        new("stockholm", "Stockholm", "Europe/Stockholm", "SEK", 1450, 1200, NamingStyle.English, Summer),
        new("tromso", "Tromsø", "Europe/Oslo", "NOK", 1700, 1200, NamingStyle.English, Winter),
        new("prague", "Prague", "Europe/Prague", "CZK", 2600, 1200, NamingStyle.English, Summer),
        new("krakow", "Kraków", "Europe/Warsaw", "PLN", 380, 800, NamingStyle.English, Summer),
        new("athens", "Athens", "Europe/Athens", "EUR", 115, 1300, NamingStyle.English, Summer),
        new("new-york", "New York", "America/New_York", "USD", 280, 1475, NamingStyle.English, Summer),
        new("san-francisco", "San Francisco", "America/Los_Angeles", "USD", 240, 1400, NamingStyle.English, Summer),
        new("rio-de-janeiro", "Rio de Janeiro", "America/Sao_Paulo", "BRL", 620, 500, NamingStyle.Portuguese, South),
        new("buenos-aires", "Buenos Aires", "America/Argentina/Buenos_Aires", "USD", 110, 2100, NamingStyle.Spanish, South),
        new("kyoto", "Kyoto", "Asia/Tokyo", "JPY", 19_000, 1000, NamingStyle.English, Summer),
        new("sydney", "Sydney", "Australia/Sydney", "AUD", 260, 1000, NamingStyle.English, South),
    ];
}
