using System.Collections.Immutable;
using System.Net;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using TravelHub.Grains.Abstractions.Payments;
using TravelHub.Grains.Payments;

namespace TravelHub.Grains.Tests.Payments;

public sealed class ReplicaCallerTests
{
    private readonly HeldReplica _replica = new();
    private readonly List<Sighting> _seen = [];
    private readonly List<Ballot> _closed = [];
    private bool _canJudge = true;
    private TaskCompletionSource<Sighting?>? _judged;
    private readonly ReplicaCaller _caller;

    public ReplicaCallerTests() => _caller = new ReplicaCaller(
        1, _replica, Judge, TimeSpan.FromMinutes(1), new FakeTimeProvider(), NullLogger.Instance, (_, what) => _seen.Add(what), _closed.Add);

    [Fact]
    public void Ask_WhileACallIsUnderWay_GoesTogetherIntoTheNext()
    {
        Ask(100, 200, 300);
        Assert.Equal([1], _replica.Asked);

        _replica.Answer(100);

        Assert.Equal([1, 2], _replica.Asked);
    }

    [Fact]
    public async Task Ask_ReplicaAnswersTooFew_TheRestAreMissing()
    {
        var ballots = Ask(100, 200, 300);
        _replica.Answer(100);
        _replica.Answer(200);

        Assert.Equal([Voted(1), Voted(0)], [await Completed(ballots[1]), await Completed(ballots[2])]);
    }

    [Fact]
    public async Task Ask_ReplicaFails_IsMissingAndTheNextIsAsked()
    {
        var ballots = Ask(100, 200);

        _replica.Fail();

        Assert.Equal(Voted(0), await Completed(ballots[0]));
        Assert.Equal([1, 1], _replica.Asked);
        Assert.Equal([Sighting.Malformed], _seen);
    }

    [Fact]
    public void Ask_LastReplicaAnswers_ClosesTheBallot()
    {
        var ballot = Ask(100)[0];
        for (var others = 2; others <= Ballot.Replicas; others++)
            ballot.Take(others, null, TimeSpan.Zero);
        Assert.Empty(_closed);

        _replica.Answer(100);

        Assert.Equal([ballot], _closed);
    }

    /// <summary>The voter itself asks again now and then what was answered before, so a replica that says two things is found by traffic too.</summary>
    [Fact]
    public void Ask_FourthCall_AsksAnEarlierInputAgain()
    {
        for (var amount = 100; amount <= 300; amount += 100)
        {
            Ask(amount);
            _replica.Answer(amount);
        }

        Ask(400);
        Assert.Equal([1, 1, 1, 2], _replica.Asked);
        _replica.Answer(Right(400), Right(100) with { AmountMinor = 101 });

        Assert.Equal([Sighting.Equivocation], _seen);
    }

    /// <summary>Whatever a replica says, the votes behind it are put to it.</summary>
    [Fact]
    public void Ask_AnswerThatNamesNoInput_DoesNotKeepTheNextFromBeingAsked()
    {
        for (var amount = 100; amount <= 300; amount += 100)
        {
            Ask(amount);
            _replica.Answer(amount);
        }

        Ask(400);
        _replica.Answer(Right(400), Right(100) with { InputHash = null! });
        Ask(500);

        Assert.Equal([1, 1, 1, 2, 1], _replica.Asked);
    }

    [Fact]
    public void Ask_SameInputAndSameAnswer_IsNoEquivocation()
    {
        Ask(100, 100);
        _replica.Answer(100);
        _replica.Answer(100);

        Assert.Empty(_seen);
    }

    /// <summary>A silo that goes knows no silos any more: that must not leave the votes behind it waiting for ever.</summary>
    [Fact]
    public void Ask_WitnessFails_AccusesNobodyAndTheNextIsAsked()
    {
        _canJudge = false;

        Ask(100);
        _canJudge = true;
        Ask(200);

        Assert.Equal([1, 1], _replica.Asked);
        Assert.Equal([Sighting.Absent], _seen);
    }

    /// <summary>A majority that answers shows that the silence is the replica's own; without one, something stands between them all and the voter.</summary>
    [Theory]
    [InlineData(3, Sighting.Omission)]
    [InlineData(2, Sighting.Absent)]
    public void Ask_ReplicaIsSilent_IsAccusedOnlyIfAMajorityAnswered(int others, Sighting expected)
    {
        _judged = new TaskCompletionSource<Sighting?>();
        var ballot = Ask(100)[0];
        for (var number = 2; number < 2 + others; number++)
            ballot.Take(number, Right(100), TimeSpan.Zero);
        _seen.Clear();

        _judged.SetResult(Sighting.Omission);

        Assert.Equal([expected], _seen);
    }

    private async Task<Sighting?> Judge(Task answer, SiloAddress? silo)
    {
        if (_judged is not null)
            return await _judged.Task;
        if (!_canJudge)
            throw new InvalidOperationException("no silos");
        await answer.ContinueWith(_ => { }, TestContext.Current.CancellationToken, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        return answer.IsFaulted ? Sighting.Malformed : null;
    }

    private Ballot[] Ask(params long[] amounts)
    {
        var ballots = amounts.Select(amount => new Ballot(
            new VoteRequest(Input(amount), Guid.Empty, 1), VotingRule.Majority, [1, 2, 3, 4, 5], (_, what) => _seen.Add(what))).ToArray();
        foreach (var ballot in ballots)
            _caller.Ask(ballot);
        return ballots;
    }

    private static PaymentInput Input(long amount) => new("EUR", [new PaymentLine([amount], 1, 0)]);

    private static Verdict Right(long amount) => new(amount, "EUR", PriceRules.Version, PriceRules.Hash(Input(amount)));

    // The other four give nothing.
    private static Task<VoteOutcome> Completed(Ballot ballot)
    {
        for (var others = 2; others <= Ballot.Replicas; others++)
            ballot.Take(others, null, TimeSpan.Zero);
        return ballot.Outcome;
    }

    private static VoteOutcome Voted(int answers) => new VoteOutcome.NoMajority(answers);

    /// <summary>A replica that answers when the test says so.</summary>
    private sealed class HeldReplica : IReplicaGrain
    {
        private static readonly SiloAddress Silo = SiloAddress.New(IPAddress.Loopback, 1, 1);

        private TaskCompletionSource<ReplicaAnswer> _answer = new();

        public List<int> Asked { get; } = [];

        public void Answer(long amount) => Answer(Right(amount));

        public void Answer(params Verdict?[] verdicts) => Next().SetResult(new ReplicaAnswer([.. verdicts], Silo));

        public void Fail() => Next().SetException(new InvalidOperationException("broken"));

        public Task<ReplicaAnswer> Compute(ImmutableArray<PaymentInput> inputs)
        {
            Asked.Add(inputs.Length);
            return _answer.Task;
        }

        public Task Move() => throw new NotSupportedException();

        public Task Ping() => throw new NotSupportedException();

        private TaskCompletionSource<ReplicaAnswer> Next()
        {
            var answered = _answer;
            _answer = new TaskCompletionSource<ReplicaAnswer>();
            return answered;
        }
    }
}
