using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using TravelHub.Grains.Abstractions.Payments;

namespace TravelHub.Api.Pages;

/// <summary>Amounts, days and places as people write them.</summary>
internal static class Display
{
    private static readonly CultureInfo English = CultureInfo.InvariantCulture;

    // ISO 4217; all others have two.
    private static readonly HashSet<string> WithoutMinorUnit =
        ["BIF", "CLP", "DJF", "GNF", "ISK", "JPY", "KMF", "KRW", "PYG", "RWF", "UGX", "UYI", "VND", "VUV", "XAF", "XOF", "XPF"];

    private static readonly HashSet<string> WithThreeDigits = ["BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND"];

    // By hand: what the platform knows of accents comes with libraries that are not on every machine, and that TravelHub does without.
    private const string Accented = "àáâãäåçèéêëìíîïñòóôõöùúûüýÿāăąćĉċčďēĕėęěĝğġģĥĩīĭįĵķĺļľńņňōŏőŕŗřśŝşšţťũūŭůűųŵŷźżžøłđı";
    private const string Plain = "aaaaaaceeeeiiiinooooouuuuyyaaaccccdeeeeegggghiiiijklllnnnooorrrssssttuuuuuuwyzzzoldi";

    private static readonly HashSet<string> Particles = ["da", "de", "del", "di", "do", "la"];

    /// <summary>A text of the resources with its gaps filled.</summary>
    public static string Fill(string text, params object?[] values) => string.Format(English, text, values);

    /// <summary>One of two texts, by number; <c>{0}</c> is the number.</summary>
    public static string Count(long number, string one, string many) => string.Format(English, number == 1 ? one : many, number);

    public static string Amount(Money money) => Amount(money.AmountMinor, money.Currency);

    /// <summary>Without decimals where they are zero.</summary>
    public static string Amount(long amountMinor, string currency)
    {
        var amount = amountMinor / (decimal)Minor(1, currency);
        var number = amount.ToString(amount == decimal.Truncate(amount) ? "N0" : WithThreeDigits.Contains(currency) ? "N3" : "N2", English);
        return currency switch { "EUR" => $"€{number}", "GBP" => $"£{number}", "USD" => $"${number}", "JPY" => $"¥{number}", _ => $"{currency} {number}" };
    }

    /// <summary>An amount in whole units, as a filter takes it, in minor ones.</summary>
    public static long Minor(long amountMajor, string currency) =>
        amountMajor * (WithoutMinorUnit.Contains(currency) ? 1 : WithThreeDigits.Contains(currency) ? 1_000 : 100);

    public static string Iso(DateOnly day) => day.ToString("yyyy-MM-dd", English);

    public static string Day(DateOnly day) => day.ToString("ddd d MMM yyyy", English);

    public static string ShortDay(DateOnly day) => day.ToString("d MMM", English);

    public static string MonthOf(DateOnly day) => day.ToString("MMMM yyyy", English);

    /// <summary>An instant on a property's clock.</summary>
    public static string At(DateTimeOffset instant, string? timeZone)
    {
        var zone = timeZone is not null && TimeZoneInfo.TryFindSystemTimeZoneById(timeZone, out var known) ? known : TimeZoneInfo.Utc;
        return TimeZoneInfo.ConvertTime(instant, zone).ToString(zone == TimeZoneInfo.Utc ? "d MMM yyyy, HH:mm 'UTC'" : "d MMM yyyy, HH:mm", English);
    }

    public static string Clock(TimeSpan left) => left <= TimeSpan.Zero ? "0:00" : $"{(int)left.TotalMinutes}:{left.Seconds:00}";

    /// <summary>A destination's name from its key: <c>new-york</c> is New York.</summary>
    public static string Place(string destination) => string.Join(' ', destination.Split('-').Select((word, i) =>
        i > 0 && Particles.Contains(word) ? word : English.TextInfo.ToTitleCase(word)));

    /// <summary>A destination as the catalogue spells it, for one that somebody typed; its usual key when the catalogue knows none like it.</summary>
    /// <param name="known">All destinations; default when they cannot be told.</param>
    public static string Destination(string typed, ImmutableArray<string> known)
    {
        var key = PlaceKey(typed);
        return (known.IsDefault ? null : known.FirstOrDefault(place => PlaceKey(place) == key)) ?? key;
    }

    /// <summary>The key of a destination as somebody typed it: without accents and capitals, words joined by hyphens.</summary>
    public static string PlaceKey(string? typed)
    {
        var key = new StringBuilder();
        foreach (var c in (typed ?? "").Trim())
        {
            if (char.GetUnicodeCategory(c) == UnicodeCategory.NonSpacingMark)
                continue;
            var lower = char.ToLowerInvariant(c);
            key.Append(char.IsWhiteSpace(c) ? '-' : Accented.IndexOf(lower, StringComparison.Ordinal) is >= 0 and var place ? Plain[place] : lower);
        }

        return key.ToString();
    }
}
