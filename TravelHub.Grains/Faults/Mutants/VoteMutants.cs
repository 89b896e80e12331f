using System.Collections.Immutable;
using Microsoft.Extensions.DependencyInjection;
using TravelHub.Grains.Abstractions.Payments;
using TravelHub.Grains.Payments;

namespace TravelHub.Grains.Faults.Mutants;

/// <summary>Bugs of the vote, and of what follows from it for its replicas.</summary>
internal static class VoteMutants
{
    public static readonly Mutant[] All =
    [
        new("two-are-enough", silo => silo.Services.AddSingleton(new VotingRule(Ballot.Replicas, Quorum: 2))),
        Calls.To<IReplicaHealthGrain>("nobody-is-quarantined", nameof(IReplicaHealthGrain.Report), context =>
        {
            context.Result = Enumerable.Range(1, Ballot.Replicas).ToImmutableArray();
            return Task.CompletedTask;
        }),
        Calls.To<IReplicaHealthGrain>("neighbour-accused", nameof(IReplicaHealthGrain.Report), Calls.With<ImmutableArray<ReplicaReport>>(
            0, reports => [.. reports.Select(report => report with { Number = (report.Number % Ballot.Replicas) + 1 })])),
        Calls.To<IVotingGrain>("second-room-for-nothing", nameof(IVotingGrain.Vote), Calls.With<VoteRequest>(0, request => request with
        {
            Input = request.Input with { Lines = [.. request.Input.Lines.Select(line => line with { Rooms = 1 })] },
        })),
    ];
}
