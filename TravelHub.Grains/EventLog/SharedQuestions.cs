using System.Data.Common;
using Npgsql;

namespace TravelHub.Grains.EventLog;

/// <summary>
/// Asks the database for many at once: what is asked for while a question is under way, or shortly after one, goes together into the next. An answer is
/// never older than the call that waits for it.
/// </summary>
/// <param name="ask">Gives the answers in the order of the questions.</param>
/// <param name="mostAtOnce">Questions that are put together at most.</param>
/// <param name="apart">How long after the one before a question leaves at the earliest.</param>
internal sealed class SharedQuestions<TQuestion, TAnswer>(
    Func<IReadOnlyList<TQuestion>, Task<IReadOnlyList<TAnswer>>> ask, int mostAtOnce, TimeSpan apart, TimeProvider time)
{
    private readonly Lock _lock = new();
    private List<Waiting> _waiting = [];
    private bool _isAsking;
    private long? _askedAt;

    public Task<TAnswer> Ask(TQuestion question)
    {
        var waiting = new Waiting(question);
        lock (_lock)
        {
            _waiting.Add(waiting);
            if (_isAsking)
                return waiting.Answer.Task;
            _isAsking = true;
        }

        using (ExecutionContext.SuppressFlow())   // it asks for others too
            _ = Task.Run(AskWhileAnyWait);
        return waiting.Answer.Task;
    }

    private async Task AskWhileAnyWait()
    {
        while (IsAnyWaiting())
        {
            if (_askedAt is { } before && apart - time.GetElapsedTime(before) is var pause && pause > TimeSpan.Zero)
                await Task.Delay(pause, time);
            List<Waiting> all;
            lock (_lock)
                (all, _waiting) = (_waiting, []);
            _askedAt = time.GetTimestamp();
            foreach (var some in all.Chunk(mostAtOnce))
                await Answer(some);
        }
    }

    private bool IsAnyWaiting()
    {
        lock (_lock)
            return _isAsking = _waiting.Count > 0;
    }

    private async Task Answer(Waiting[] some, bool isAgain = false)
    {
        try
        {
            var answers = await ask(Array.ConvertAll(some, w => w.Question));
            for (var i = 0; i < some.Length; i++)
                some[i].Answer.SetResult(answers[i]);
        }
        catch (Exception e) when (!isAgain && LogWriter.IsOutOfStep(e))
        {
            await Answer(some, isAgain: true);
        }
        catch (Exception e) when (some.Length > 1 && MayBeOneOfThem(e))
        {
            await Answer(some[..(some.Length / 2)]);   // its neighbours must not suffer
            await Answer(some[(some.Length / 2)..]);
        }
        catch (Exception e)
        {
            foreach (var one in some)
                one.Answer.TrySetException(e);
        }
    }

    // A database that is away or too slow is nobody's fault, and would be asked the more.
    private static bool MayBeOneOfThem(Exception e) => e is PostgresException p
        ? !p.IsTransient && !p.SqlState.StartsWith("57", StringComparison.Ordinal)
        : e is not (DbException or TimeoutException);

    private sealed record Waiting(TQuestion Question)
    {
        public TaskCompletionSource<TAnswer> Answer { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
