using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Orleans.Concurrency;
using TravelHub.Grains.Abstractions.Payments;

namespace TravelHub.Grains.Payments;

/// <summary>Asks all five replicas at once and decides at the third identical verdict. One a silo, so that votes share messages.</summary>
[StatelessWorker(1), Reentrant]
internal sealed class VotingGrain(IOptions<PaymentOptions> options, TimeProvider time, ILogger<VotingGrain> logger) : Grain, IVotingGrain
{
    private ReplicaCaller[] _replicas = [];

    private long Group => this.GetPrimaryKeyLong();

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        _replicas = [.. Enumerable.Range(1, Ballot.Replicas).Select(n => ReplicaNames.Of(Group, n)).Select(name => new ReplicaCaller(
            name, GrainFactory.GetGrain<IReplicaGrain>(name), options.Value.VoteTimeout, time, logger))];
        return Task.CompletedTask;
    }

    public async Task<VoteOutcome> Vote(PaymentInput input)
    {
        var ballot = new Ballot(input);
        foreach (var replica in _replicas)
            replica.Ask(ballot);
        var outcome = await ballot.Outcome;
        if (outcome is VoteOutcome.NoMajority(var answers))
            logger.LogError("No {Quorum} of {Answers} answers of group {Group} agree: nothing is charged", Ballot.Quorum, answers, Group);
        return outcome;
    }
}
