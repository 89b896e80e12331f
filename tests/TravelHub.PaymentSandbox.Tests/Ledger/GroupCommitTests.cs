using Microsoft.Extensions.DependencyInjection;
using TravelHub.PaymentSandbox.Charges;
using TravelHub.PaymentSandbox.Ledger;

namespace TravelHub.PaymentSandbox.Tests.Ledger;

public sealed class GroupCommitTests : IAsyncLifetime
{
    private readonly SandboxInProcess _sandbox = new();

    private GroupCommit Commits => _sandbox.App.Services.GetRequiredService<GroupCommit>();

    public ValueTask InitializeAsync() => _sandbox.InitializeAsync();

    public ValueTask DisposeAsync() => _sandbox.DisposeAsync();

    [Fact]
    public async Task Commit_OneOfTheBatchFails_ItAloneIsUndone()
    {
        using var gate = new ManualResetEventSlim();
        var first = await WriterAt(gate);

        // All of these wait while the writer stands at the gate, so they share the next transaction.
        var before = Enumerable.Range(0, 5).Select(number => Add($"before-{number}")).ToArray();
        var bad = Commits.Commit<bool>(tables =>
        {
            tables.AddCharge(Captured("bad"));
            throw new InvalidOperationException("bad");
        });
        var after = Enumerable.Range(0, 5).Select(number => Add($"after-{number}")).ToArray();
        gate.Set();

        await first.Commit;
        await Task.WhenAll([.. before, .. after]);
        Assert.Equal("bad", (await Assert.ThrowsAsync<InvalidOperationException>(() => bad)).Message);
        Assert.Equal(10, _sandbox.Read("SELECT count(*) FROM charges"));
        Assert.Equal(20, _sandbox.Read("SELECT count(*) FROM entries"));
    }

    [Fact]
    public async Task Commit_ManyWaiting_ShareOneTransactionAndAreAnsweredAfterIt()
    {
        using var gate = new ManualResetEventSlim();
        var first = await WriterAt(gate);

        var all = Enumerable.Range(0, 100).Select(number => Add($"charge-{number}")).ToArray();
        var last = Commits.Commit(_ => (Committed: _sandbox.Read("SELECT count(*) FROM charges"), Answered: all.Count(one => one.IsCompleted)));
        gate.Set();

        await first.Commit;
        Assert.Equal((0, 0), await last);
        await Task.WhenAll(all);
        Assert.Equal(100, _sandbox.Read("SELECT count(*) FROM charges"));
    }

    [Fact]
    public async Task Stop_WithWritesWaiting_CommitsThem()
    {
        using var gate = new ManualResetEventSlim();
        var first = await WriterAt(gate);
        var waiting = Add("waiting");

        var stopping = Task.Run(() => Commits.StopAsync(TestContext.Current.CancellationToken), TestContext.Current.CancellationToken);
        await UntilNothingIsTaken();
        gate.Set();
        await stopping;

        await first.Commit;
        await waiting;
        Assert.Equal(1, _sandbox.Read("SELECT count(*) FROM charges"));
    }

    private async Task UntilNothingIsTaken()
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        patience.CancelAfter(TimeSpan.FromSeconds(60));
        while (!Commits.Commit(_ => true).IsFaulted)
            await Task.Delay(TimeSpan.FromMilliseconds(5), TimeProvider.System, patience.Token);
    }

    /// <summary>Brings the writer to a halt inside a transaction of its own: whatever is asked now waits for the next one.</summary>
    private async Task<StandingWriter> WriterAt(ManualResetEventSlim gate)
    {
        var stopped = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var commit = Commits.Commit(_ =>
        {
            stopped.TrySetResult();
            return gate.Wait(TimeSpan.FromSeconds(10), TestContext.Current.CancellationToken);
        });
        await stopped.Task;
        return new StandingWriter(commit);
    }

    private Task<bool> Add(string chargeId) => Commits.Commit(tables =>
    {
        tables.AddCharge(Captured(chargeId));
        return true;
    });

    private static Charge Captured(string chargeId) =>
        new(chargeId, ChargeStatus.Captured, new ChargeTerms(100, "EUR", SandboxToken.Ok, "reference"), Reason: null);

    private sealed record StandingWriter(Task<bool> Commit);
}
