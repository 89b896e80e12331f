using System.Collections.Immutable;
using Microsoft.Extensions.Logging.Abstractions;
using TravelHub.Grains.Abstractions.Payments;
using TravelHub.Grains.Payments;

namespace TravelHub.Grains.Tests.Payments;

public sealed class ReplicaCallerTests
{
    private static readonly Verdict Verdict = new(1, "EUR", 1, "hash");

    private readonly HeldReplica _replica = new();
    private readonly ReplicaCaller _caller;

    public ReplicaCallerTests() =>
        _caller = new ReplicaCaller("0/1", _replica, TimeSpan.FromMinutes(1), TimeProvider.System, NullLogger.Instance);

    [Fact]
    public void Ask_WhileACallIsUnderWay_GoesTogetherIntoTheNext()
    {
        Ask(3);
        Assert.Equal([1], _replica.Asked);

        _replica.Answer([Verdict]);

        Assert.Equal([1, 2], _replica.Asked);
    }

    [Fact]
    public async Task Ask_ReplicaAnswersTooFew_TheRestAreMissing()
    {
        Ask(1);
        var ballots = Ask(2);
        _replica.Answer([Verdict]);
        _replica.Answer([Verdict]);

        Assert.Equal([Voted(1), Voted(0)], [await Completed(ballots[0]), await Completed(ballots[1])]);
    }

    [Fact]
    public async Task Ask_ReplicaFails_IsMissingAndTheNextIsAsked()
    {
        var first = Ask(1)[0];
        Ask(1);

        _replica.Fail();

        Assert.Equal(Voted(0), await Completed(first));
        Assert.Equal([1, 1], _replica.Asked);
    }

    private Ballot[] Ask(int count)
    {
        var ballots = Enumerable.Range(0, count).Select(_ => new Ballot(new PaymentInput("EUR", []))).ToArray();
        foreach (var ballot in ballots)
            _caller.Ask(ballot);
        return ballots;
    }

    // The other four give nothing.
    private static Task<VoteOutcome> Completed(Ballot ballot)
    {
        for (var others = 1; others < Ballot.Replicas; others++)
            ballot.Take(null);
        return ballot.Outcome;
    }

    private static VoteOutcome Voted(int answers) => new VoteOutcome.NoMajority(answers);

    /// <summary>A replica that answers when the test says so.</summary>
    private sealed class HeldReplica : IReplicaGrain
    {
        private TaskCompletionSource<ImmutableArray<Verdict?>> _answer = new();

        public List<int> Asked { get; } = [];

        public void Answer(ImmutableArray<Verdict?> verdicts) => Next().SetResult(verdicts);

        public void Fail() => Next().SetException(new TimeoutException());

        public Task<ImmutableArray<Verdict?>> Compute(ImmutableArray<PaymentInput> inputs)
        {
            Asked.Add(inputs.Length);
            return _answer.Task;
        }

        private TaskCompletionSource<ImmutableArray<Verdict?>> Next()
        {
            var answered = _answer;
            _answer = new TaskCompletionSource<ImmutableArray<Verdict?>>();
            return answered;
        }
    }
}
