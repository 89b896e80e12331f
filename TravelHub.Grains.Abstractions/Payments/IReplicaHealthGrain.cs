using System.Collections.Immutable;
using Orleans.Concurrency;

namespace TravelHub.Grains.Abstractions.Payments;

/// <summary>
/// Keeps count of how the five replicas of a group behave, takes out who is at fault and lets back in who has proved itself. Its key is the
/// group's number.
/// </summary>
[Alias("travelhub.replica-health")]
public interface IReplicaHealthGrain : IGrainWithIntegerKey
{
    /// <summary>Arranges the probes for ever. May be called again at any time.</summary>
    [Alias("start")]
    Task Start();

    /// <summary>Takes a voter's sightings.</summary>
    /// <returns>Who votes from now on, by number from 1.</returns>
    [Alias("report"), AlwaysInterleave]
    Task<ImmutableArray<int>> Report(ImmutableArray<ReplicaReport> reports);

    /// <returns>Who votes, by number from 1.</returns>
    [Alias("voters"), AlwaysInterleave]
    Task<ImmutableArray<int>> Voters();

    /// <returns>The five, by number.</returns>
    [Alias("replicas"), AlwaysInterleave]
    Task<ImmutableArray<ReplicaView>> Replicas();

    /// <returns>The replicas of all groups, whichever group is asked.</returns>
    [Alias("all-replicas"), AlwaysInterleave]
    Task<ImmutableArray<ReplicaView>> AllReplicas();

    /// <summary>An operator takes a replica's vote away; it goes on as a shadow and proves itself like any other.</summary>
    /// <returns>Null when done.</returns>
    [Alias("quarantine"), AlwaysInterleave]
    Task<Refusal?> Quarantine(int number, string by);

    /// <summary>An operator gives a replica its vote back, proved or not.</summary>
    /// <returns>Null when done.</returns>
    [Alias("reinstate"), AlwaysInterleave]
    Task<Refusal?> Reinstate(int number, string by);

    /// <summary>One round of what the reminder does: a probe, and replicas that live in the wrong place are moved.</summary>
    [Alias("run")]
    Task Run();
}

/// <summary>How a replica behaved in one vote.</summary>
[GenerateSerializer, Alias("travelhub.sighting.v1")]
public enum Sighting
{
    /// <summary>In time, and as the majority.</summary>
    Matching,

    /// <summary>In time, and other than the majority.</summary>
    WrongValue,

    /// <summary>Not at all, though its silo answered.</summary>
    Omission,

    /// <summary>In the end, but long after its silo did.</summary>
    Late,

    /// <summary>Something that is no verdict on the input.</summary>
    Malformed,

    /// <summary>Two verdicts on one input.</summary>
    Equivocation,

    /// <summary>Not at all, and its silo neither: it accuses nobody.</summary>
    Absent,
}

/// <summary>The same sighting, some times in a row.</summary>
[GenerateSerializer, Immutable, Alias("travelhub.sighted.v1")]
public readonly record struct Sighted([property: Id(0)] Sighting What, [property: Id(1)] int Times);

/// <summary>What a voter has seen of one replica since its last report, in order.</summary>
/// <param name="Silo">Where the replica said that it lives; null before its first answer.</param>
[GenerateSerializer, Immutable, Alias("travelhub.replica-report.v1")]
public sealed record ReplicaReport(
    [property: Id(0)] int Number, [property: Id(1)] SiloAddress? Silo, [property: Id(2)] ImmutableArray<Sighted> Seen);

/// <summary>A replica as operators see it.</summary>
/// <param name="Number">1 to 5.</param>
/// <param name="IsVoting">False while it is in quarantine, where it shadows without a vote.</param>
/// <param name="Why">What it was last quarantined for: a <see cref="Sighting"/> or <c>operator NAME</c>; null if it never was.</param>
/// <param name="Silo">Name of the silo it was last seen on; null when that is not known.</param>
/// <param name="Seen">How often each kind was seen since the group's memory began.</param>
/// <param name="MatchingInARow">Right answers since its quarantine began or since its last fault.</param>
/// <param name="MatchingNeeded">How many it needs before it is tested and let back in; more after each relapse.</param>
/// <param name="Quarantines">How often it was quarantined since an operator reinstated it.</param>
[GenerateSerializer, Immutable, Alias("travelhub.replica-view.v1")]
public sealed record ReplicaView(
    [property: Id(0)] long Group,
    [property: Id(1)] int Number,
    [property: Id(2)] bool IsVoting,
    [property: Id(3)] DateTimeOffset? Since,
    [property: Id(4)] string? Why,
    [property: Id(5)] string? Silo,
    [property: Id(6)] ImmutableDictionary<Sighting, long> Seen,
    [property: Id(7)] int MatchingInARow,
    [property: Id(8)] int MatchingNeeded,
    [property: Id(9)] int Quarantines);
