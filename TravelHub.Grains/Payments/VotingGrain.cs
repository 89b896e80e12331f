using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Orleans.Concurrency;
using TravelHub.Grains.Abstractions.Payments;

namespace TravelHub.Grains.Payments;

/// <summary>Asks all five replicas at once and decides at the third identical verdict.</summary>
[StatelessWorker]
internal sealed class VotingGrain(IOptions<PaymentOptions> options, TimeProvider time, ILogger<VotingGrain> logger) : Grain, IVotingGrain
{
    public const int Replicas = 5;
    public const int Quorum = 3;

    public async Task<VoteOutcome> Vote(PaymentInput input)
    {
        var counts = new Dictionary<Verdict, int>();
        var answers = 0;
        var asked = Enumerable.Range(1, Replicas)
            .Select(n => GrainFactory.GetGrain<IReplicaGrain>($"{this.GetPrimaryKeyLong()}/{n}").Compute(input));
        await foreach (var answer in Task.WhenEach(asked.Select(a => a.WaitAsync(options.Value.VoteTimeout, time))))
        {
            if (!answer.IsCompletedSuccessfully)
            {
                logger.LogWarning("A replica of group {Group} did not answer: {Error}", this.GetPrimaryKeyLong(), answer.Exception?.InnerException?.Message);
                continue;
            }

            answers++;
            var agreeing = counts[answer.Result] = counts.GetValueOrDefault(answer.Result) + 1;
            if (agreeing == Quorum)
                return new VoteOutcome.Decided(answer.Result, agreeing);
        }

        logger.LogError("No {Quorum} of {Replicas} replicas of group {Group} agree: nothing is charged", Quorum, Replicas, this.GetPrimaryKeyLong());
        return new VoteOutcome.NoMajority(answers);
    }
}
