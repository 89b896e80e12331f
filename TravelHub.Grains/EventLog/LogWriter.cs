using System.Data.Common;
using System.Threading.Channels;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Npgsql;
using TravelHub.Grains.Abstractions;

namespace TravelHub.Grains.EventLog;

/// <summary>
/// Puts the appends of all grains of a silo into few commits. While one batch is on its way the next one fills, and a busy silo gives it a moment more:
/// statement and commit cost about as much for one append as for ten. When the answer of a commit is lost it is asked for again by the appends' ids
/// before anyone is told anything.
/// </summary>
internal sealed class LogWriter : IAsyncDisposable
{
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(1);

    private readonly NpgsqlDataSource _database;
    private readonly EventLogOptions _options;
    private readonly TimeProvider _time;
    private readonly ILogger<LogWriter> _logger;
    private readonly Channel<PendingAppend> _queue;
    private readonly CancellationTokenSource _stop = new();
    private readonly Task[] _writers;

    public LogWriter(NpgsqlDataSource database, IOptions<EventLogOptions> options, TimeProvider time, ILogger<LogWriter> logger)
    {
        (_database, _options, _time, _logger) = (database, options.Value, time, logger);
        _queue = Channel.CreateBounded<PendingAppend>(_options.QueueCapacity);
        using (ExecutionContext.SuppressFlow())   // the writers belong to nobody's trace
            _writers = [.. Enumerable.Range(0, _options.Writers).Select(_ => Task.Run(WriteBatches))];
    }

    /// <inheritdoc cref="IEventLog.Append"/>
    /// <exception cref="LogOverloadedException">The queue is full; nothing was done.</exception>
    public Task Append(StreamAppend append)
    {
        var pending = new PendingAppend(append);
        if (!_queue.Writer.TryWrite(pending))
            throw _stop.IsCancellationRequested ? new LogUnavailableException() : new LogOverloadedException();
        return pending.Durable;
    }

    public async ValueTask DisposeAsync()
    {
        _queue.Writer.TryComplete();
        await _stop.CancelAsync();
        await Task.WhenAll(_writers);
        while (_queue.Reader.TryRead(out var left))
            left.Fail(new LogUnavailableException());
        _stop.Dispose();
    }

    private async Task WriteBatches()
    {
        PendingAppend? heldOver = null;
        var batch = new List<PendingAppend>();
        var streams = new HashSet<string>();
        var leftAt = 0L;
        while (heldOver is not null || await _queue.Reader.WaitToReadAsync())
        {
            if (batch.Count >= _options.BusyFrom)
                await Gather(leftAt);
            leftAt = _time.GetTimestamp();
            batch.Clear();
            streams.Clear();
            while (batch.Count < _options.AppendsPerBatch && (heldOver ?? (_queue.Reader.TryRead(out var next) ? next : null)) is { } append)
            {
                heldOver = null;
                if (!streams.Add(append.Stream))
                {
                    heldOver = append;   // a second writer of the same stream: its turn comes after this batch
                    break;
                }

                batch.Add(append);
            }

            if (batch.Count > 0)
                await Write(batch);
        }
    }

    // Nobody waits for company on a silo that has little to do: there it would only be late.
    private async Task Gather(long leftAt)
    {
        var wait = _options.Gathering - _time.GetElapsedTime(leftAt);
        if (wait > TimeSpan.Zero && _queue.Reader.Count < _options.AppendsPerBatch)
            await Task.Delay(wait, _time, _stop.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    /// <param name="failures">Tries before, of which any may have written it.</param>
    private async Task Write(List<PendingAppend> batch, int failures = 0)
    {
        var start = _time.GetTimestamp();
        using var trace = LogTelemetry.StartBatch(batch);
        for (; ; failures++)
        {
            try
            {
                var won = await AppendBatch.Write(_database, batch, _time.GetUtcNow(), _stop.Token);
                if (failures > 0 && won.Count < batch.Count)
                    won.UnionWith(await AppendBatch.LookUp(_database, [.. batch.Where(a => !won.Contains(a.Stream))], _stop.Token));
                LogTelemetry.Written(batch.Count, _time.GetElapsedTime(start));
                Answer(batch, won);
                return;
            }
            catch (Exception e) when (MayPass(e) && !_stop.IsCancellationRequested && _time.GetElapsedTime(start) < _options.Patience)
            {
                if (failures == 0)
                    _logger.LogWarning("The event log does not answer ({Error}); {Count} appends are tried again", e.Message, batch.Count);
                await Pause(failures);
            }
            catch (Exception e) when (MayPass(e) || _stop.IsCancellationRequested)
            {
                Fail(batch, new LogUnavailableException());
                return;
            }
            catch (Exception e) when (batch.Count == 1)
            {
                _logger.LogError(e, "An append to {Stream} cannot be written", batch[0].Stream);
                Fail(batch, new InvalidOperationException($"An append to {batch[0].Stream} cannot be written: {e.Message}"));   // no outage: it will never be
                return;
            }
            catch (Exception)
            {
                foreach (var append in batch)
                    await Write([append], failures);   // one of them is bad: its neighbours must not suffer
                return;
            }
        }
    }

    private static void Answer(List<PendingAppend> batch, HashSet<string> won)
    {
        foreach (var append in batch)
        {
            if (won.Contains(append.Stream))
                append.Succeed();
            else
                append.Fail(new AppendRefusedException());
        }
    }

    private static void Fail(List<PendingAppend> batch, Exception why)
    {
        foreach (var append in batch)
            append.Fail(why);
    }

    /// <summary>
    /// Whether Npgsql has lost count of the server's answers, which it says by an error of no kind of its own, and drops the connection: it does where the very
    /// statement failed that it was making a prepared one of (npgsql#6391). What became of the statement is not known; the next connection is sound.
    /// </summary>
    public static bool IsOutOfStep(Exception e) => e.GetType() == typeof(Exception);

    // Class 57P is the server going down or coming up, 57014 a statement that was cut off; a lost connection has no SQL state.
    private static bool MayPass(Exception e) => e switch
    {
        PostgresException p => p.IsTransient || p.SqlState.StartsWith("57", StringComparison.Ordinal),
        DbException or TimeoutException or IOException => true,
        _ => IsOutOfStep(e),
    };

    private async Task Pause(int failures)
    {
        var pause = TimeSpan.FromMilliseconds(20 << Math.Min(failures, 6));
        try
        {
            await Task.Delay(pause < LongestPause ? pause : LongestPause, _time, _stop.Token);
        }
        catch (OperationCanceledException)
        {
            // The next try finds the writer stopped and says so.
        }
    }
}
