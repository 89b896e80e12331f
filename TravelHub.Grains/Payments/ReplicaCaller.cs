using System.Collections.Immutable;
using Microsoft.Extensions.Logging;
using TravelHub.Grains.Abstractions.Payments;

namespace TravelHub.Grains.Payments;

/// <summary>
/// Asks one replica. While a call is under way, the ballots that come meanwhile gather for the next, so that a busy group pays few messages for
/// many votes. Single-threaded, like the grain that owns it.
/// </summary>
/// <param name="judge">Waits for an answer as long as it is worth holding up the next call; null for one in good time, else what is wrong with it.</param>
/// <param name="sight">Hears of what concerns no single ballot: two verdicts on one input.</param>
/// <param name="closed">Hears of each ballot that this replica was the last to answer.</param>
internal sealed class ReplicaCaller(
    int number, IReplicaGrain replica, Func<Task, SiloAddress?, Task<Sighting?>> judge, TimeSpan voteTimeout, TimeProvider time, ILogger logger,
    Action<int, Sighting> sight, Action<Ballot> closed)
{
    private const int AskAgainEvery = 4;
    private const int RememberedInputs = 64;

    // Who says another thing an hour later has changed its mind; its value tells whether for the worse.
    private static readonly TimeSpan RememberedFor = TimeSpan.FromSeconds(1);

    private readonly Dictionary<string, (PaymentInput Input, Verdict Verdict, long At)> _remembered = [];
    private List<Ballot> _waiting = [];
    private bool _isCalling;
    private int _calls;

    public int Number => number;

    /// <summary>Where the replica said that it lives; null before its first answer.</summary>
    public SiloAddress? Silo { get; private set; }

    /// <summary>Puts the ballot to the replica, which answers it within two time-outs or is counted as missing.</summary>
    public void Ask(Ballot ballot)
    {
        _waiting.Add(ballot);
        if (!_isCalling)
            _ = CallWhileAnyWait();
    }

    private async Task CallWhileAnyWait()
    {
        _isCalling = true;
        while (_waiting.Count > 0)
        {
            var ballots = _waiting;
            _waiting = [];
            try
            {
                await Call(ballots);
            }
            catch (Exception e)
            {
                logger.LogError(e, "What replica {Replica} said could not be taken", number);   // it is asked the next time all the same
            }
        }

        _isCalling = false;
    }

    // Who is found missing holds nobody up: the next call goes out, and what still comes of this one is heard beside it.
    private async Task Call(List<Ballot> ballots)
    {
        var start = time.GetTimestamp();
        var inputs = ballots.Select(b => b.Request.Input).ToList();
        if (++_calls % AskAgainEvery == 0 && Recent() is { } recent)
            inputs.Add(recent);   // an answer that was given is asked for again: the replica can't tell why
        var answer = replica.Compute([.. inputs]);
        var seen = await Judge(answer);
        if (seen is not null)
            Note(ballots, seen.Value);
        if (answer.IsCompleted)
            Deliver(ballots, inputs, answer, time.GetElapsedTime(start));
        else
            _ = DeliverLater(ballots, inputs, answer, start);
    }

    // Whatever keeps the witness from judging accuses nobody, and must not keep the next call from going out.
    private async Task<Sighting?> Judge(Task answer)
    {
        try
        {
            return await judge(answer, Silo);
        }
        catch (Exception e)
        {
            logger.LogWarning("Replica {Replica} could not be judged: {Error}", number, e.Message);
            return Sighting.Absent;
        }
    }

    private async Task DeliverLater(List<Ballot> ballots, List<PaymentInput> inputs, Task<ReplicaAnswer> answer, long start)
    {
        answer.Ignore();
        var left = voteTimeout - time.GetElapsedTime(start);
        if (left > TimeSpan.Zero)
            await ReplicaWitness.IsDone(answer, left, time);
        Deliver(ballots, inputs, answer, time.GetElapsedTime(start));
    }

    // An error is no answer, and neither is one that did not come in time.
    private void Deliver(List<Ballot> ballots, List<PaymentInput> inputs, Task<ReplicaAnswer> call, TimeSpan after)
    {
        var answer = call.IsCompletedSuccessfully ? call.Result : null;
        Silo = answer?.Silo ?? Silo;
        ImmutableArray<Verdict?> verdicts = answer is null || answer.Verdicts.IsDefault ? [] : answer.Verdicts;
        if (inputs.Count > ballots.Count && verdicts.Length == inputs.Count && verdicts[^1] is { InputHash: not null } again)
            Compare(inputs[^1], again);
        for (var i = 0; i < ballots.Count; i++)
        {
            var verdict = i < verdicts.Length ? verdicts[i] : null;
            if (verdict is not null && verdict.InputHash == ballots[i].InputHash)
                Compare(ballots[i].Request.Input, verdict);
            ballots[i].Take(number, verdict, after);
            if (ballots[i].IsClosed)
                closed(ballots[i]);
        }
    }

    private void Compare(PaymentInput input, Verdict verdict)
    {
        if (_remembered.TryGetValue(verdict.InputHash, out var before) && before.Verdict != verdict && IsRecent(before.At))
            sight(number, Sighting.Equivocation);
        if (_remembered.Count >= RememberedInputs)
            _remembered.Clear();
        _remembered[verdict.InputHash] = (input, verdict, time.GetTimestamp());
    }

    private PaymentInput? Recent() => _remembered.Values.FirstOrDefault(r => IsRecent(r.At)).Input;

    private bool IsRecent(long at) => time.GetElapsedTime(at) < RememberedFor;

    private void Note(List<Ballot> ballots, Sighting seen)
    {
        // The silence of more than two is not theirs: something stands between them and who asks.
        if (seen is Sighting.Omission or Sighting.Late && !ballots.Exists(ballot => ballot.Decided is not null))
            seen = Sighting.Absent;
        if (seen is Sighting.Omission or Sighting.Malformed)
            logger.LogWarning("Replica {Replica} did not answer {Count} votes: {Sighting}", number, ballots.Count, seen);
        foreach (var ballot in ballots)
            ballot.Mark(number, seen);
        sight(number, seen);   // one silence, however many it let down
    }
}
