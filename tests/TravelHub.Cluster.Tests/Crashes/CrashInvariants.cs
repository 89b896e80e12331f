using TravelHub.Grains.Abstractions.Reservations;

namespace TravelHub.Cluster.Tests.Crashes;

/// <summary>What must be true of a reservation in the end, wherever its silos died.</summary>
internal static class CrashInvariants
{
    private static readonly Dictionary<string, string> Ends = new()
    {
        ["reservation.confirmed.v1"] = ReservationStatus.Confirmed,
        ["reservation.cancelled.v1"] = ReservationStatus.Cancelled,
        ["reservation.sold-out.v1"] = ReservationStatus.SoldOut,
        ["reservation.lapsed.v1"] = ReservationStatus.Lapsed,
        ["reservation.abandoned.v1"] = ReservationStatus.Lapsed,
    };

    /// <returns>The end by the last event of the stream; null while it is unfinished.</returns>
    public static string? End(CrashEvidence evidence) => evidence.Events.Count == 0 ? null : Ends.GetValueOrDefault(evidence.Events[^1]);

    /// <summary>Whether nothing is left to be done: the reservation has ended, and every hold has heard of it.</summary>
    public static bool IsAtRest(CrashEvidence evidence) =>
        End(evidence) is { } end && evidence.List is null or { HasEnded: true } && evidence.Holds.Values.All(hold => hold[^1] == LastWord(end))
        && (end == ReservationStatus.Confirmed || evidence.Events is ["reservation.abandoned.v1"] || evidence.UntoldDecisions == 0);

    public static void Check(CrashEvidence evidence, int stays)
    {
        var end = End(evidence);
        CheckMoney(evidence, end);
        CheckRooms(evidence, end, stays);
        CheckOwnRow(evidence, end);
        Assert.Equal(0, evidence.BrokenLinks);
    }

    // One captured charge at most, and what the provider took and gave back is what the log says.
    private static void CheckMoney(CrashEvidence evidence, string? end)
    {
        long[] captured = [.. evidence.Charges.Where(c => c.Status == "captured").Select(c => c.AmountMinor)];
        Assert.InRange(captured.Length, 0, 1);
        Assert.Equal(evidence.PaidMinor, captured);
        Assert.Equal(evidence.RefundedMinor.Sum(), evidence.GivenBackMinor);
        Assert.InRange(evidence.RefundedMinor.Count, 0, 1);
        Assert.InRange(evidence.ConfirmedMinor.Count, 0, 1);
        // Every charge here is refundable in full: whoever does not get the rooms gets all of the money.
        Assert.Equal(end == ReservationStatus.Confirmed ? captured.Sum() : 0, captured.Sum() - evidence.GivenBackMinor);
        if (end == ReservationStatus.Confirmed)
            Assert.Equal(evidence.ConfirmedMinor, captured);
    }

    // Held once, sold or given back once; the inventory has heard of the end, and no night ever had more rooms taken than there are.
    private static void CheckRooms(CrashEvidence evidence, string? end, int stays)
    {
        Assert.Equal(0, evidence.Overtaken);
        foreach (var hold in evidence.Holds.Values)
        {
            Assert.Equal("inventory.held.v1", hold[0]);
            Assert.Equal(hold.Count, hold.Distinct().Count());
            Assert.Equal(LastWord(end!), hold[^1]);
        }

        if (end == ReservationStatus.Confirmed)
            Assert.Equal(stays, evidence.Holds.Count);
    }

    private static void CheckOwnRow(CrashEvidence evidence, string? end)
    {
        if (evidence.Events is ["reservation.abandoned.v1"])
            Assert.Null(evidence.List);   // nobody's: its request was never known
        else
            Assert.Equal(new OwnRow(CrashClient.Owner, end!, evidence.Events.Count, HasEnded: true, end!), evidence.List);
    }

    private static string LastWord(string end) => end == ReservationStatus.Confirmed ? "inventory.sold.v1" : "inventory.released.v1";
}
