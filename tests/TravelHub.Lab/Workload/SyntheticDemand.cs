using System.Globalization;
using TravelHub.Client.Replay;

namespace TravelHub.Lab.Workload;

/// <summary>Bookings as a hotel's guests make them, drawn from a seed: for those who lack the published data, or want another shape of demand.</summary>
internal static class SyntheticDemand
{
    private const int RoomTypes = 20;
    private const int DaysOfArrival = 365;
    private const int MostLeadDays = 90;
    private const int MostNights = 7;
    private const double CancelledShare = 0.27;   // as in the published data of a resort hotel

    private static readonly DateOnly FirstArrival = new(2016, 7, 1);

    /// <param name="skew">Exponent of the Zipf distribution over room types: 0 wants all alike, 1 the first twice as much as the second.</param>
    public static IReadOnlyList<DemandRow> Rows(int seed, int count, double skew)
    {
        var random = new Random(seed);
        var upTo = new double[RoomTypes];
        for (var i = 0; i < RoomTypes; i++)
            upTo[i] = (i == 0 ? 0 : upTo[i - 1]) + Math.Pow(i + 1, -skew);
        var rows = new List<DemandRow>(count);
        for (var i = 0; i < count; i++)
        {
            var draw = random.NextDouble() * upTo[^1];
            var type = Array.FindIndex(upTo, end => draw < end);
            var lead = random.Next(MostLeadDays + 1);
            var arrival = FirstArrival.AddDays(random.Next(DaysOfArrival));
            var cancelledOn = random.NextDouble() < CancelledShare ? arrival.AddDays(-random.Next(lead + 1)) : (DateOnly?)null;
            rows.Add(new DemandRow(
                i + 2, "Made-up hotel", string.Create(CultureInfo.InvariantCulture, $"T{type + 1}"), arrival, random.Next(1, MostNights + 1), lead,
                Adults: 2, Guests: 2, 60 + (5 * type), cancelledOn));
        }

        return rows;
    }
}
