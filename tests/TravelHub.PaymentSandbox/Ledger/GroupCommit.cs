using System.Threading.Channels;

namespace TravelHub.PaymentSandbox.Ledger;

/// <summary>The one writer: all requests that wait share a transaction, and so one wait for the disk.</summary>
/// <remarks>
/// It is a thread of its own, since it sleeps in the disk's sync, and a pool of two threads would lose half of itself.
/// If it cannot even roll back, the exception ends the process: everything answered is on the disk, and a restart repairs the rest.
/// </remarks>
internal sealed class GroupCommit(LedgerFile file, SandboxOptions options, TimeProvider time, ILogger<GroupCommit> log) : IHostedService, IDisposable
{
    private readonly Channel<PendingWrite> _waiting = Channel.CreateBounded<PendingWrite>(
        new BoundedChannelOptions(4096) { SingleReader = true });

    private readonly ManualResetEventSlim _stopping = new();

    private Thread? _writer;

    /// <summary>Runs a decision inside a transaction, and gives its result once that is on the disk.</summary>
    /// <exception cref="Microsoft.Data.Sqlite.SqliteException">The store failed; whether anything was kept is unknown.</exception>
    public async Task<T> Commit<T>(Func<LedgerTables, T> decide)
    {
        var write = new PendingWrite<T>(decide);
        await _waiting.Writer.WriteAsync(write);
        return await write.Answered;
    }

    public Task StartAsync(CancellationToken cancellationToken)
    {
        var tables = file.OpenForWriting(time);
        // In the background: when the port is taken nobody stops what was started, and the process has to end all the same.
        _writer = new Thread(() => Drain(tables)) { Name = "ledger writer", IsBackground = true };
        _writer.Start();
        return Task.CompletedTask;
    }

    /// <summary>The server has stopped taking requests by now; what still waits is committed.</summary>
    public Task StopAsync(CancellationToken cancellationToken)
    {
        _waiting.Writer.TryComplete();
        _stopping.Set();
        _writer?.Join();
        return Task.CompletedTask;
    }

    public void Dispose() => _stopping.Dispose();

    private void Drain(LedgerTables tables)
    {
        using (tables)
        {
            var batch = new List<PendingWrite>(options.MaxBatch);
            while (_waiting.Reader.WaitToReadAsync().AsTask().GetAwaiter().GetResult())
            {
                while (batch.Count < options.MaxBatch && _waiting.Reader.TryRead(out var write))
                    batch.Add(write);
                CommitTogether(tables, batch);
                if (batch.Count > 1)
                    _stopping.Wait(options.Gathering);   // others come soon too
                batch.Clear();
            }

            file.CloseReaders();
        }
    }

    private void CommitTogether(LedgerTables tables, List<PendingWrite> batch)
    {
        try
        {
            tables.Begin();
            foreach (var write in batch)
                write.Decide(tables);
            tables.Commit();
        }
        catch (Exception failure)
        {
            tables.Rollback();
            FailAlone(tables, batch, failure);
            return;
        }

        foreach (var write in batch)
            write.Answer();
    }

    /// <summary>No answer has left yet, so each request can be decided again alone: the bad one fails, its neighbours do not.</summary>
    private void FailAlone(LedgerTables tables, List<PendingWrite> batch, Exception failure)
    {
        if (batch.Count > 1)
        {
            foreach (var write in batch)
                CommitTogether(tables, [write]);
            return;
        }

        log.LogError(failure, "A request could not be committed");
        batch[0].Fail(failure);
    }
}
