namespace TravelHub.PaymentSandbox.Ledger;

/// <summary>A request that waits for its decision to be on the disk.</summary>
internal abstract class PendingWrite
{
    /// <summary>Decides and writes, inside the transaction. May run again after a rollback, so it has no other effect.</summary>
    public abstract void Decide(LedgerTables tables);

    /// <summary>Lets the answer out. Only after the commit.</summary>
    public abstract void Answer();

    /// <summary>The request got no decision, and the caller is not told one.</summary>
    public abstract void Fail(Exception failure);
}

/// <inheritdoc/>
internal sealed class PendingWrite<T>(Func<LedgerTables, T> decide) : PendingWrite
{
    // Continuations elsewhere: the writer's thread goes on with the next batch instead of writing answers.
    private readonly TaskCompletionSource<T> _answer = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private T? _decided;

    public Task<T> Answered => _answer.Task;

    public override void Decide(LedgerTables tables) => _decided = decide(tables);

    public override void Answer() => _answer.SetResult(_decided!);

    public override void Fail(Exception failure) => _answer.SetException(failure);
}
