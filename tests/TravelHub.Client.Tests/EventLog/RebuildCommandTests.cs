using System.CommandLine;
using System.Text.Json;

using TravelHub.Client.EventLog;
using TravelHub.Client.Tests.Postgres;
using TravelHub.Testing;

namespace TravelHub.Client.Tests.EventLog;

public sealed class RebuildCommandTests(PostgresFixture fixture)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Invoke_RowsThatTheLogDoesNotKnow_AreGoneAndReported()
    {
        var database = await fixture.NewTravelHubDatabase("rebuild_command", Cancellation);
        await Query.Scalar(database, """
            INSERT INTO reservations SELECT gen_random_uuid(), 'eve', 'held', 1, now(), NULL, '{}' FROM generate_series(1, 2500);
            INSERT INTO snapshots VALUES ('inventory/a', 1, 1, '{}'), ('inventory/b', 1, 1, '{}');
            """);
        using var output = new StringWriter();

        Assert.Equal(0, await Rebuild(database, output));

        var report = JsonSerializer.Deserialize<RebuildReport>(output.ToString(), JsonSerializerOptions.Web);
        Assert.Equal(new RebuildReport(Streams: 0, Missing: 0, Wrong: 0, Surplus: 2500, Snapshots: 2, Movements: 0), report);
        Assert.Equal(0L, await Query.Scalar(database, "SELECT (SELECT count(*) FROM reservations) + (SELECT count(*) FROM snapshots)"));
    }

    [Fact]
    public async Task Invoke_NotATravelHub_SaysWhy()
    {
        var database = await fixture.NewDatabase("rebuild_nothing", Cancellation);

        var failure = await Assert.ThrowsAsync<CommandFailure>(() => Rebuild(database, TextWriter.Null));

        Assert.Contains("\"stream_heads\" does not exist", failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", failure.Message, StringComparison.Ordinal);
    }

    private static Task<int> Rebuild(string database, TextWriter output) => RebuildCommand.Create(Path.Combine(AppContext.BaseDirectory, "TravelHub.Silo.dll"))
        .Parse(["--postgres", database, "--json"])
        .InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false, Output = output }, Cancellation);
}
