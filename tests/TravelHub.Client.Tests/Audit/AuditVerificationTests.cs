using Npgsql;
using TravelHub.Client.Audit;
using TravelHub.Client.Tests.Postgres;
using TravelHub.Testing;

namespace TravelHub.Client.Tests.Audit;

public sealed class AuditVerificationTests(PostgresFixture fixture) : IAsyncLifetime
{
    private string _owner = "";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <summary>Three rows: an action with its outcome, and one that shows none.</summary>
    public async ValueTask InitializeAsync()
    {
        _owner = await fixture.NewTravelHubDatabase($"audit_{Guid.NewGuid():N}", Cancellation);
        var app = await PostgresFixture.ForApp(_owner, Cancellation);
        await Query.Scalar(app, "SELECT audit_append('{NULL}', '{ann}', '{k}', '{operator}', '{putProperty}', '{PUT /v1/é}', '{begun}', '{\"\"}')");
        await Query.Scalar(app, "SELECT audit_append('{1,NULL}', '{ann,bob}', '{k,k}', '{operator,operator}', '{putProperty,x}', '{t,t}', '{done,begun}', '{200,\"\"}')");
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task Run_AsItWasWritten_IsWholeAndCountsWhatShowsNoOutcome() => Assert.Equal((3, 1, 0), await Verify());

    [Theory]
    [InlineData("UPDATE audit_log SET who = 'eve' WHERE number = 1")]
    [InlineData("UPDATE audit_log SET at = at + interval '1 microsecond' WHERE number = 2")]
    [InlineData("UPDATE audit_log SET about = NULL WHERE number = 2")]
    [InlineData("UPDATE audit_log SET outcome = 'failed' WHERE number = 2")]
    [InlineData("DELETE FROM audit_log WHERE number = 2")]
    [InlineData("DELETE FROM audit_log WHERE number = 3")]
    [InlineData("UPDATE audit_head SET hash = sha256('x')")]
    [InlineData("DELETE FROM audit_head")]
    public async Task Run_ChangedByItsOwner_IsBroken(string sql)
    {
        await Query.Scalar(_owner, sql);

        Assert.NotEqual(0, (await Verify()).Broken);
    }

    [Fact]
    public async Task Run_TailCutTogetherWithItsHead_SeesNothing()   // and says so
    {
        await Query.Scalar(_owner, "DELETE FROM audit_log WHERE number = 3; UPDATE audit_head SET number = 2, hash = (SELECT hash FROM audit_log WHERE number = 2)");

        Assert.Equal((2, 0, 0), await Verify());
    }

    private async Task<(long Rows, long Open, long Broken)> Verify()
    {
        await using var database = NpgsqlDataSource.Create(_owner);
        var report = await new AuditVerification(database).Run(Cancellation);
        return (report.Rows, report.Open, report.Broken);
    }
}
