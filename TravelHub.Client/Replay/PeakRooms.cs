namespace TravelHub.Client.Replay;

/// <summary>How many rooms stays take at once.</summary>
internal static class PeakRooms
{
    /// <summary>The most rooms taken on one night, one for each stay [CheckIn, CheckOut).</summary>
    public static int Of(IEnumerable<(DateOnly CheckIn, DateOnly CheckOut)> stays)
    {
        var changes = new SortedDictionary<DateOnly, int>();
        foreach (var (checkIn, checkOut) in stays)
        {
            // Both on one entry when there is no night, so that it takes nothing.
            changes[checkIn] = changes.GetValueOrDefault(checkIn) + 1;
            changes[checkOut] = changes.GetValueOrDefault(checkOut) - 1;
        }

        var taken = 0;
        var peak = 0;
        foreach (var change in changes.Values)
        {
            taken += change;
            peak = Math.Max(peak, taken);
        }

        return peak;
    }

    /// <summary>The rooms to offer, rounded up.</summary>
    /// <param name="share">Of the peak; decimal, because 0.8 has no exact binary form and 0.8 × 5 must stay 4.</param>
    public static int Offered(int peak, decimal share) => (int)Math.Ceiling(peak * share);
}
