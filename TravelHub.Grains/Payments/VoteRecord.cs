using TravelHub.Grains.Abstractions.Payments;

namespace TravelHub.Grains.Payments;

/// <summary>Who voted what on a payment, once nobody says anything more. The arrays are by number less one.</summary>
/// <param name="Decided">Null when no three agreed.</param>
/// <param name="Seen">How each behaved; null where nothing can be said.</param>
internal sealed record VoteRecord(
    Guid Reservation, int Attempt, DateTimeOffset At, long Group, string Currency, Verdict? Decided, string InputHash,
    long?[] AmountsMinor, string?[] Decisions, string?[] Seen, double[] AfterMilliseconds)
{
    public static VoteRecord Of(long group, Ballot ballot, DateTimeOffset now)
    {
        var votes = ballot.Votes.ToArray();
        return new VoteRecord(
            ballot.Request.Reservation, ballot.Request.Attempt, now, group, ballot.Request.Input.Currency, ballot.Decided, ballot.InputHash,
            [.. votes.Select(v => v.Verdict?.AmountMinor)], [.. votes.Select(v => v.Verdict?.Decision.ToString())], [.. votes.Select(v => v.Seen?.ToString())],
            [.. votes.Select(v => v.After.TotalMilliseconds)]);
    }
}

/// <summary>A replica lost its vote or got it back.</summary>
/// <param name="What">A word for people, such as <c>quarantined</c>.</param>
internal sealed record ReplicaFinding(long Group, int Number, DateTimeOffset At, string What, string? Why);
