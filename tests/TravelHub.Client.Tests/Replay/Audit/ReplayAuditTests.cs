using Microsoft.Extensions.Time.Testing;
using TravelHub.Client.Replay;
using TravelHub.Client.Replay.Audit;

namespace TravelHub.Client.Tests.Replay.Audit;

public sealed class ReplayAuditTests(AuditDatabase database) : IClassFixture<AuditDatabase>
{
    private static readonly ReplayPlan Plan = AuditSample.Plan("run");

    private readonly FakeTimeProvider _time = new();
    private readonly HandWrittenLog _log = new(Plan);

    [Fact]
    public async Task Run_WithoutDatabase_IsNoSuccess()
    {
        var checks = await new ReplayAudit(null, null, _time).Run(Plan, AuditSample.Answers(Plan), TestContext.Current.CancellationToken);

        Assert.All(checks, check => Assert.Null(check.Holds));
    }

    [Fact]
    public async Task Run_RoomsReleasedAWhileLater_WaitsForIt()
    {
        var release = Assert.Single(_log.Events, one => one.Type == "inventory.released.v1");
        _log.Events.Remove(release);
        await _log.Write(database.Source);

        var audit = new ReplayAudit(database.Source, null, _time).Run(Plan, AuditSample.Answers(Plan), TestContext.Current.CancellationToken);
        _log.Events.Add(release);
        await _log.Write(database.Source);
        var checks = await Finished(audit);

        Assert.DoesNotContain(checks, check => check.Holds == false);
        Assert.Single(checks, check => check.Holds is null); // no provider
    }

    [Fact]
    public async Task Run_RowWithoutAnAnswerIsChargedAndNotYetConfirmed_WaitsForIt()
    {
        var late = Guid.NewGuid();
        using var store = new HandWrittenStore();
        store.Charge("c1", AuditSample.Stay);
        store.Charge("c2", AuditSample.Cancelled);
        store.Write("INSERT INTO refunds VALUES ('r1', 'c2', 16000, 'EUR')");
        store.Charge("c3", late);
        _log.Held(late, 3);
        _log.Request(late);
        await _log.Write(database.Source);
        var answers = AuditSample.Answers(Plan) with { SoldOut = [], Undecided = [Plan.Bookings[3]] };

        var audit = new ReplayAudit(database.Source, store.Reader, _time).Run(Plan, answers, TestContext.Current.CancellationToken);
        _log.Confirm(late, AuditSample.TotalMinor);
        _log.Settle("sold", late);
        await _log.Write(database.Source);

        Assert.All(await Finished(audit), check => Assert.True(check.Holds, $"{check.Name}: {string.Join(", ", check.Offenders)}"));
    }

    [Fact]
    public async Task Run_RoomsNeverReleased_GivesUp()
    {
        var began = _time.GetUtcNow();
        _log.Events.RemoveAll(one => one.Type == "inventory.released.v1");
        await _log.Write(database.Source);

        var checks = await Finished(
            new ReplayAudit(database.Source, null, _time).Run(Plan, AuditSample.Answers(Plan), TestContext.Current.CancellationToken));

        Assert.Single(checks, check => check.Holds == false);
        Assert.True(_time.GetUtcNow() - began >= TimeSpan.FromSeconds(58));
    }

    private async Task<IReadOnlyList<CheckResult>> Finished(Task<IReadOnlyList<CheckResult>> audit)
    {
        while (!audit.IsCompleted)
        {
            _time.Advance(TimeSpan.FromSeconds(1));
            await Task.Yield();
        }

        return await audit;
    }
}
