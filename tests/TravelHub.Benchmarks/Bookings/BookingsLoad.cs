using System.CommandLine.Parsing;
using System.Globalization;
using TravelHub.Load.Schedule;

namespace TravelHub.Benchmarks.Bookings;

/// <summary>A load to measure under, such as <c>closed:64</c>.</summary>
/// <param name="Amount">Clients, each of whom sends when the last answer is there; of an open load, arrivals a second.</param>
internal sealed record BookingsLoad(bool IsOpen, RoomsMode Rooms, double Amount)
{
    public const string Forms = "closed:CLIENTS (any room), hot:CLIENTS (all the same room and nights) or open:PER-SECOND (any room, random arrivals)";

    private const int MostClients = 1_000;
    private const int MostPerSecond = 20_000;

    public string Name { get; } = string.Create(CultureInfo.InvariantCulture, $"{(IsOpen ? "open" : Rooms == RoomsMode.Hot ? "hot" : "closed")}:{Amount}");

    public override string ToString() => Name;

    /// <returns>Null for what is none.</returns>
    public static BookingsLoad? Read(string text)
    {
        if (text.Split(':') is not [var kind, var amount] || !double.TryParse(amount, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number))
            return null;
        return kind switch
        {
            "closed" when IsClients(number) => new BookingsLoad(IsOpen: false, RoomsMode.Uniform, number),
            "hot" when IsClients(number) => new BookingsLoad(IsOpen: false, RoomsMode.Hot, number),
            "open" when number is >= 1 and <= MostPerSecond => new BookingsLoad(IsOpen: true, RoomsMode.Uniform, number),
            _ => null,
        };
    }

    /// <summary>Reads those of an option, and says of one that is none what they look like.</summary>
    public static BookingsLoad[] ReadAll(ArgumentResult result)
    {
        var loads = new List<BookingsLoad>();
        foreach (var token in result.Tokens)
        {
            if (Read(token.Value) is { } load)
                loads.Add(load);
            else
                result.AddError($"'{token.Value}' is no load; give {Forms}, with 1 to {MostClients:N0} clients or 1 to {MostPerSecond:N0} a second.");
        }

        return [.. loads];
    }

    private static bool IsClients(double number) => number is >= 1 and <= MostClients && number == Math.Floor(number);
}
