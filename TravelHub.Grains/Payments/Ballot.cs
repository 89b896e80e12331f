using System.Collections.Immutable;
using TravelHub.Grains.Abstractions.Payments;

namespace TravelHub.Grains.Payments;

/// <summary>
/// One vote while its answers come in: decided at the third identical verdict of those who may vote, or when all have answered and no three
/// agree (three being the rule's quorum). It goes on listening after that, so that it can tell of each replica how it behaved. Single-threaded, like the grain that owns it.
/// </summary>
/// <param name="voters">Whose verdicts count, by number from 1; the others are asked too, and judged.</param>
/// <param name="sight">Hears how a replica behaved: once for how it answered, and once more if what it said in the end was wrong too.</param>
internal sealed class Ballot(VoteRequest request, VotingRule rule, ImmutableArray<int> voters, Action<int, Sighting> sight)
{
    public const int Replicas = 5;
    public const int Quorum = 3;

    private readonly TaskCompletionSource<VoteOutcome> _outcome = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Vote[] _votes = new Vote[Replicas];
    private Verdict? _decided;
    private int _final;

    public VoteRequest Request => request;

    /// <summary>What every verdict on this input must name.</summary>
    public string InputHash { get; } = PriceRules.Hash(request.Input);

    public Task<VoteOutcome> Outcome => _outcome.Task;

    /// <summary>Null until the vote is decided, and for ever when no three agree.</summary>
    public Verdict? Decided => _decided;

    /// <summary>Whether nobody will say anything any more.</summary>
    public bool IsClosed => _final == rule.Replicas;

    /// <summary>By number less one.</summary>
    public ReadOnlySpan<Vote> Votes => _votes;

    /// <summary>Notes how a replica behaves whose verdict has yet to come, if it ever does; whoever found it tells of it, once for all ballots of its call.</summary>
    public void Mark(int number, Sighting sighting) => _votes[number - 1].Seen = sighting;

    /// <summary>Takes a replica's last word.</summary>
    /// <param name="verdict">Null when it gave none.</param>
    /// <param name="after">How long it took.</param>
    public void Take(int number, Verdict? verdict, TimeSpan after)
    {
        ref var vote = ref _votes[number - 1];
        (vote.IsFinal, vote.After) = (true, after);
        _final++;
        if (verdict is not null && !IsOnInput(verdict))
        {
            Note(number, Sighting.Malformed);
            verdict = null;
        }

        vote.Verdict = verdict;
        if (_decided is not null)
            Judge(number);
        else if (verdict is not null && voters.Contains(number) && CountEqual(verdict) is var agreeing && agreeing >= rule.Quorum)
            Decide(verdict, agreeing);
        if (IsClosed && _decided is null)
            _outcome.TrySetResult(new VoteOutcome.NoMajority(CountAnswers()));
    }

    private void Note(int number, Sighting sighting)
    {
        _votes[number - 1].Seen = sighting;
        sight(number, sighting);
    }

    private void Decide(Verdict verdict, int agreeing)
    {
        _decided = verdict;
        _outcome.TrySetResult(new VoteOutcome.Decided(verdict, agreeing));
        for (var number = 1; number <= Replicas; number++)
        {
            if (_votes[number - 1].IsFinal)
                Judge(number);
        }
    }

    // Only a decision tells who is wrong; without one nobody is accused of a value.
    private void Judge(int number)
    {
        ref var vote = ref _votes[number - 1];
        if (vote.Verdict is { } said && said != _decided)
            Note(number, Sighting.WrongValue);
        else if (vote.Seen is null)
            Note(number, vote.Verdict is null ? Sighting.Malformed : Sighting.Matching);   // it answered, and gave nothing where others found a total
    }

    private bool IsOnInput(Verdict verdict) =>
        verdict.InputHash == InputHash && verdict.Currency == request.Input.ChargeCurrency && verdict.RuleVersion == PriceRules.Version
        && verdict.AmountMinor >= 0 && Enum.IsDefined(verdict.Decision);

    private int CountEqual(Verdict verdict)
    {
        var equal = 0;
        foreach (var number in voters)
        {
            if (verdict.Equals(_votes[number - 1].Verdict))
                equal++;
        }

        return equal;
    }

    private int CountAnswers() => _votes.Count(v => v.Verdict is not null);

    /// <summary>One replica's part.</summary>
    internal struct Vote
    {
        /// <summary>Null when it gave none that is on the input.</summary>
        public Verdict? Verdict;

        /// <summary>Null while nothing can be said of it.</summary>
        public Sighting? Seen;

        public TimeSpan After;
        public bool IsFinal;
    }
}
