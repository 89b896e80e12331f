using System.Collections.Immutable;
using TravelHub.Grains.Abstractions.Payments;

namespace TravelHub.Grains.Payments;

/// <summary>What is kept of one replica's behaviour.</summary>
[GenerateSerializer, Immutable, Alias("travelhub.replica-health-state.v1")]
internal sealed record ReplicaHealth
{
    [Id(0)] public bool IsVoting { get; init; } = true;

    /// <summary>When it was quarantined or reinstated last.</summary>
    [Id(1)] public DateTimeOffset? Since { get; init; }

    [Id(2)] public string? Why { get; init; }

    /// <summary>Wrong and malformed answers since it has its vote. Invariant: below <see cref="PaymentOptions.WrongValuesAllowed"/> while it votes.</summary>
    [Id(3)] public int WrongValues { get; init; }

    /// <summary>Omissions and late answers in a row. Invariant: below <see cref="PaymentOptions.OmissionsAllowed"/> while it votes.</summary>
    [Id(4)] public int OmissionsInARow { get; init; }

    [Id(5)] public int MatchingInARow { get; init; }

    /// <summary>Since an operator reinstated it.</summary>
    [Id(6)] public int Quarantines { get; init; }

    /// <summary>When the last omission was counted.</summary>
    [Id(8)] public DateTimeOffset? OmittedAt { get; init; }

    [Id(7)] public ImmutableDictionary<Sighting, long> Seen { get; init; } = ImmutableDictionary<Sighting, long>.Empty;
}

/// <summary>The five of a group, by number less one.</summary>
[GenerateSerializer, Alias("travelhub.group-health-state.v1")]
internal sealed class GroupHealth
{
    [Id(0)] public ReplicaHealth[] Replicas { get; set; } = [.. Enumerable.Range(0, Ballot.Replicas).Select(_ => new ReplicaHealth())];
}
