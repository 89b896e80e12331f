using System.Threading.Channels;

namespace TravelHub.Api.Intake;

/// <summary>The one writer: what waits at the same time shares a transaction, and so one wait for the disk. A thread of its own, since it sleeps there.</summary>
internal sealed class IntakeWriter(IntakeRows rows) : IDisposable
{
    private const int MostPerCommit = 256;

    private readonly Channel<PendingWrite> _waiting = Channel.CreateBounded<PendingWrite>(new BoundedChannelOptions(10_000) { SingleReader = true });
    private Thread? _thread;

    public void Start()
    {
        _thread = new Thread(Drain) { Name = "intake writer", IsBackground = true };
        _thread.Start();
    }

    /// <summary>Runs <paramref name="write"/> in a transaction and answers once that is on the disk.</summary>
    /// <exception cref="Microsoft.Data.Sqlite.SqliteException">The disk failed; nothing may be taken as kept.</exception>
    public async Task<T> Commit<T>(Func<IntakeRows, T> write)
    {
        var result = default(T);
        var pending = new PendingWrite(r => result = write(r), new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
        await _waiting.Writer.WriteAsync(pending);
        await pending.Done.Task;
        return result!;
    }

    public void Dispose()
    {
        _waiting.Writer.TryComplete();
        _thread?.Join();
    }

    private void Drain()
    {
        var batch = new List<PendingWrite>(MostPerCommit);
        while (_waiting.Reader.WaitToReadAsync().AsTask().GetAwaiter().GetResult())
        {
            while (batch.Count < MostPerCommit && _waiting.Reader.TryRead(out var write))
                batch.Add(write);
            if (Together(batch) is { } failure)
                Alone(batch, failure);
            batch.Clear();
        }
    }

    private Exception? Together(IReadOnlyList<PendingWrite> batch)
    {
        try
        {
            rows.Transact("BEGIN IMMEDIATE");
            foreach (var write in batch)
                write.Run(rows);
            rows.Transact("COMMIT");
        }
        catch (Exception e)
        {
            RollBack();
            return e;
        }

        foreach (var write in batch)
            write.Done.SetResult();
        return null;
    }

    // Nobody has been answered yet, so each can be tried alone: the bad one fails, its neighbours do not.
    private void Alone(List<PendingWrite> batch, Exception failure)
    {
        foreach (var write in batch)
        {
            if ((batch.Count == 1 ? failure : Together([write])) is { } own)
                write.Done.SetException(own);
        }
    }

    private void RollBack()
    {
        try
        {
            rows.Transact("ROLLBACK");
        }
        catch (Microsoft.Data.Sqlite.SqliteException)
        {
            // It was rolled back already, or never began.
        }
    }

    private sealed record PendingWrite(Action<IntakeRows> Run, TaskCompletionSource Done);
}
