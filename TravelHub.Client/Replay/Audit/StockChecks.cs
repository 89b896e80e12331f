namespace TravelHub.Client.Replay.Audit;

/// <summary>Judges the stock of the run's room types.</summary>
internal static class StockChecks
{
    public static CheckResult NeverOverCapacity(IReadOnlyList<StockHistory> histories)
    {
        var offenders = histories.SelectMany(history => new[]
        {
            history.Broken > 0 ? $"{history.FirstBroken} ({history.Broken} such moments)" : null,
            history.RepeatedHolds > 0 ? $"{history.Stream}: {history.RepeatedHolds} holds placed while they stood or released while they did not" : null,
        });
        return CheckResult.Of(
            "no night is over capacity at any moment",
            $"room types: {histories.Count}, nights: {histories.Sum(history => history.Nights)}, moments: {histories.Sum(history => history.Moments)}",
            offenders.OfType<string>());
    }

    /// <summary>Whether each stay that was said to be sold out had a night that was full at some moment.</summary>
    public static CheckResult SoldOutWasFull(IReadOnlyList<PlannedBooking> soldOut, IReadOnlyList<StockHistory> histories)
    {
        var full = histories.ToDictionary(history => history.Stream, history => history.FullNights);
        var offenders = soldOut
            .Select(booking => (Stream: ReplayPlan.InventoryStream(booking.PropertyId, booking.RoomType), Booking: booking))
            .Where(no => !full.TryGetValue(no.Stream, out var nights) || !nights.Any(night => no.Booking.CheckIn <= night && night < no.Booking.CheckOut))
            .Select(no => $"{no.Stream}: row {no.Booking.Line} was sold out, but no night from {no.Booking.CheckIn:O} to {no.Booking.CheckOut:O} was ever full");
        return CheckResult.Of("what was sold out had no room left", $"sold out: {soldOut.Count}", offenders);
    }

    /// <summary>Whether the rooms taken in the end are those of the accepted stays that were not cancelled.</summary>
    public static CheckResult TakenIsSold(IReadOnlyList<AcceptedBooking> accepted, IReadOnlyList<TakenNight> taken)
    {
        var expected = Expected(accepted);
        var found = taken.ToDictionary(night => (night.Stream, night.Night), night => night.Rooms);
        var offenders = expected.Keys.Union(found.Keys)
            .Where(night => expected.GetValueOrDefault(night) != found.GetValueOrDefault(night))
            .OrderBy(night => night)
            .Select(night => $"{night.Stream} night {night.Night:O}: {found.GetValueOrDefault(night)} rooms taken, {expected.GetValueOrDefault(night)} sold");
        return CheckResult.Of(
            "the rooms taken in the end are those of the confirmed stays", $"room-nights: {expected.Values.Sum()}", offenders) with
        {
            MaySettle = true,
        };
    }

    private static Dictionary<(string Stream, DateOnly Night), long> Expected(IReadOnlyList<AcceptedBooking> accepted)
    {
        var rooms = new Dictionary<(string Stream, DateOnly Night), long>();
        foreach (var (booking, _, _) in accepted.Where(booking => !booking.IsCancelled))
        {
            var stream = ReplayPlan.InventoryStream(booking.PropertyId, booking.RoomType);
            for (var night = booking.CheckIn; night < booking.CheckOut; night = night.AddDays(1))
                rooms[(stream, night)] = rooms.GetValueOrDefault((stream, night)) + 1;
        }

        return rooms;
    }
}
