using TravelHub.Grains.Abstractions.Payments;

namespace TravelHub.Grains.Payments;

/// <summary>Decides who votes, and nothing else: no clock, no storage, no waiting.</summary>
internal static class HealthMachine
{
    // 50, 100, 200, 400, 800 and no more.
    private const int MostDoublings = 4;

    /// <summary>Takes note of what was seen. The last straw puts a replica that votes into quarantine.</summary>
    public static ReplicaHealth Observe(ReplicaHealth replica, Sighted sighted, DateTimeOffset now, PaymentOptions options)
    {
        var (what, times) = sighted;
        replica = replica with { Seen = replica.Seen.SetItem(what, replica.Seen.GetValueOrDefault(what) + times) };
        replica = what switch
        {
            Sighting.Matching => replica with { OmissionsInARow = 0, MatchingInARow = (int)Math.Min((long)replica.MatchingInARow + times, int.MaxValue) },
            Sighting.WrongValue or Sighting.Malformed => replica with { WrongValues = replica.WrongValues + times, MatchingInARow = 0 },
            Sighting.Omission or Sighting.Late => Omit(replica, now, options) with { MatchingInARow = 0 },
            Sighting.Equivocation => replica with { MatchingInARow = 0 },
            _ => replica,   // absent accuses nobody, and clears nobody
        };
        var isOut = what == Sighting.Equivocation
            || replica.WrongValues >= options.WrongValuesAllowed || replica.OmissionsInARow >= options.OmissionsAllowed;
        return replica.IsVoting && isOut ? Quarantine(replica, what.ToString(), now) : replica;
    }

    // Voters that miss it at the same time, and those that a report brings together, have seen one silence.
    private static ReplicaHealth Omit(ReplicaHealth replica, DateTimeOffset now, PaymentOptions options) =>
        replica.OmissionsInARow > 0 && now - replica.OmittedAt < options.OmissionsApart
            ? replica
            : replica with { OmissionsInARow = replica.OmissionsInARow + 1, OmittedAt = now };

    public static ReplicaHealth Quarantine(ReplicaHealth replica, string why, DateTimeOffset now) =>
        replica with { IsVoting = false, Since = now, Why = why, MatchingInARow = 0, Quarantines = replica.Quarantines + 1 };

    /// <summary>Gives the vote back. What it was guilty of is forgiven, not forgotten: the next time it has more to prove.</summary>
    public static ReplicaHealth Reinstate(ReplicaHealth replica, DateTimeOffset now) =>
        replica with { IsVoting = true, Since = now, WrongValues = 0, OmissionsInARow = 0, MatchingInARow = 0 };

    /// <summary>An operator's word wipes the slate.</summary>
    public static ReplicaHealth ReinstateByHand(ReplicaHealth replica, DateTimeOffset now) => Reinstate(replica, now) with { Quarantines = 0 };

    /// <summary>It failed the test that would have let it back in.</summary>
    public static ReplicaHealth FailTest(ReplicaHealth replica) => replica with { MatchingInARow = 0 };

    public static int MatchingNeeded(ReplicaHealth replica, PaymentOptions options) =>
        options.MatchingToReturn << Math.Clamp(replica.Quarantines - 1, 0, MostDoublings);

    /// <summary>
    /// Whether it has proved itself by votes that did not count, and may be tested. Where those who are left decide nothing, too few or at odds, nobody can
    /// prove himself by votes: then the test alone lets it back in.
    /// </summary>
    /// <param name="isDecided">Whether its group finds majorities, or has not failed to for long.</param>
    public static bool IsTestDue(ReplicaHealth replica, bool isDecided, PaymentOptions options) =>
        !replica.IsVoting && (!isDecided || replica.MatchingInARow >= MatchingNeeded(replica, options));

    /// <summary>Whether it may be sent home. One that owes an answer would take the length of a deactivation (30 s), out of everybody's reach and sight.</summary>
    public static bool MayMove(ReplicaHealth replica) => replica.OmissionsInARow == 0;

    /// <summary>Whether more should be known of it soon.</summary>
    public static bool IsSuspect(ReplicaHealth replica, PaymentOptions options) =>
        !replica.IsVoting || replica.OmissionsInARow > 0 || (replica.WrongValues > 0 && replica.MatchingInARow < options.MatchingToReturn);
}
