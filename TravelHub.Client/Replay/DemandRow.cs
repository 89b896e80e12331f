namespace TravelHub.Client.Replay;

/// <summary>One booking of the published data, as it stands there.</summary>
/// <param name="Line">Of the file, from 1; the header is line 1.</param>
/// <param name="LeadDays">Days from booking to arrival.</param>
/// <param name="Guests">Adults, children and babies.</param>
/// <param name="NightlyRate">In whole EUR and decimals.</param>
/// <param name="CancelledOn">The day of its cancellation; null for stays and for guests who never came.</param>
internal sealed record DemandRow(
    int Line, string Hotel, string RoomType, DateOnly Arrival, int Nights, int LeadDays, int Adults, int Guests, decimal NightlyRate,
    DateOnly? CancelledOn)
{
    public DateOnly Departure => Arrival.AddDays(Nights);

    public DateOnly BookedOn => Arrival.AddDays(-LeadDays);

    /// <summary>The rate in cents; half a cent counts as one.</summary>
    public long NightlyMinor => (long)decimal.Round(NightlyRate * 100, MidpointRounding.AwayFromZero);

    public OddKinds Odd() =>
        (Nights == 0 ? OddKinds.NoNight : 0) | (Adults == 0 ? OddKinds.NoAdult : 0) | (NightlyRate < 0 ? OddKinds.NegativeRate : 0);
}
