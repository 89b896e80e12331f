using System.CommandLine;

using Npgsql;

using TravelHub.Client.Backup;
using TravelHub.Client.EventLog;
using TravelHub.Client.Instances;
using TravelHub.Client.Postgres;
using TravelHub.Client.Tests.Postgres;
using TravelHub.Testing;

namespace TravelHub.Client.Tests.Backup;

public sealed class RestoreTests(PostgresFixture fixture) : IAsyncLifetime
{
    private readonly TemporaryFolder _folder = new();
    private string _source = "";

    private string Dump => _folder.In("travelhub.dump");

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _source = await NewTravelHub();
        await SampleLog.Write(_source);
    }

    public ValueTask DisposeAsync()
    {
        _folder.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task Restore_IntoNewDatabase_HasTheSameEventsInTheSameOrderUnderANewEpoch()
    {
        await Backup();
        var target = NewName();

        await Restore(target);

        Assert.Equal(await SampleLog.Events(_source), await SampleLog.Events(target));
        Assert.Equal(SampleLog.ReadOrder, await SampleLog.Order(_source));
        Assert.Equal(SampleLog.ReadOrder, await SampleLog.Order(target));
        Assert.NotEqual(await SampleLog.Epoch(_source), await SampleLog.Epoch(target));
        await using var database = NpgsqlDataSource.Create(target);
        var report = await new LogVerification(database, TimeProvider.System).Run(_ => { }, Cancellation);
        Assert.Equal((2, 5, 0), (report.Streams, report.Events, report.Broken));
        Assert.Equal("1 1 0 0 0", await Query.Scalar(target, """
            SELECT concat_ws(' ', (SELECT count(*) FROM guests), (SELECT count(*) FROM orleansreminderstable), (SELECT count(*) FROM snapshots),
                (SELECT count(*) FROM orleansmembershiptable), (SELECT count(*) FROM orleansmembershipversiontable))
            """));
    }

    [Fact]
    public async Task Restore_ThenRightsAreGiven_FunctionsWithTheirOwnersRightsAreNotForAll()
    {
        await Backup();
        var target = NewName();
        await Restore(target);

        await PostgresFixture.ForApp(target, Cancellation);

        Assert.Equal("horizon_seconds", await Query.Scalar(target, """
            SELECT string_agg(proname, ', ') FROM pg_proc
            WHERE pronamespace = 'public'::regnamespace AND prosecdef AND has_function_privilege('public', oid, 'EXECUTE')
            """));
    }

    [Fact]
    public async Task Restore_EventsFromAServerFarAhead_AreBelowTheHorizonAndBeforeNewOnes()
    {
        await Backup();
        var target = NewName();

        await Restore(target);

        // Others use this server too: the horizon passes as soon as their transactions end.
        while (!Equals(5L, await Query.Scalar(
            target, "SELECT count(*) FROM reservation_events WHERE transaction < pg_snapshot_xmin(pg_current_snapshot())")))
        {
            Cancellation.ThrowIfCancellationRequested();
        }

        await Query.Scalar(target, """
            INSERT INTO reservation_events (stream, version, type, payload, append_id, recorded_at, hash)
            VALUES ('new', 1, 't.v1', '{}', gen_random_uuid(), now(), '')
            """);
        Assert.Equal($"{SampleLog.ReadOrder} new/1", await SampleLog.Order(target));
        Assert.Equal(6L, await Query.Scalar(target, "SELECT position FROM reservation_events WHERE stream = 'new'"));
        var refusal = await Assert.ThrowsAsync<PostgresException>(() => Query.Scalar(target, "UPDATE reservation_events SET position = 7"));
        Assert.Equal("428C9", refusal.SqlState);   // generated_always
    }

    [Fact]
    public async Task Restore_DatabaseHoldsEvents_NeedsReplace()
    {
        await Backup();
        var target = await OtherLog();
        var before = await SampleLog.Events(target);

        var failure = await Assert.ThrowsAsync<CommandFailure>(() => Restore(target));

        Assert.Contains("--replace", failure.Message, StringComparison.Ordinal);
        Assert.Equal(before, await SampleLog.Events(target));

        await Restore(target, "--replace");

        Assert.Equal(await SampleLog.Events(_source), await SampleLog.Events(target));
        Assert.Equal(1L, await Traces(target));
    }

    [Theory]
    [InlineData(0.7)]
    [InlineData(0.01)]
    [InlineData(0)]
    public async Task Restore_FileIsCutOff_SaysSoAndLeavesTheOldDatabase(double share)
    {
        await Backup();
        await using (var file = File.OpenWrite(Dump))
            file.SetLength((long)(file.Length * share));
        var target = await OtherLog();
        var before = await SampleLog.Events(target);

        var failure = await Assert.ThrowsAsync<CommandFailure>(() => Restore(target, "--replace"));

        Assert.Contains(Dump, failure.Message, StringComparison.Ordinal);
        Assert.Equal(before, await SampleLog.Events(target));
        Assert.Equal(1L, await Traces(target));
    }

    [Fact]
    public async Task Restore_DumpOfSomethingElse_IsRefused()
    {
        _source = await fixture.NewDatabase($"else_{Guid.NewGuid():N}", Cancellation);
        await Query.Scalar(_source, "CREATE TABLE cats ()");
        await Backup();
        var target = NewName();

        var failure = await Assert.ThrowsAsync<CommandFailure>(() => Restore(target));

        Assert.Contains("not a backup of a TravelHub", failure.Message, StringComparison.Ordinal);
        Assert.Equal(0L, await Traces(target));
    }

    [Fact]
    public async Task Restore_OverSomethingElse_IsRefusedWithReplaceToo()
    {
        await Backup();
        var target = await fixture.NewDatabase($"cats_{Guid.NewGuid():N}", Cancellation);
        await Query.Scalar(target, "CREATE TABLE cats ()");

        var failure = await Assert.ThrowsAsync<CommandFailure>(() => Restore(target, "--replace"));

        Assert.Contains("not a TravelHub's", failure.Message, StringComparison.Ordinal);
        Assert.Equal(0L, await Query.Scalar(target, "SELECT count(*) FROM cats"));
    }

    [Fact]
    public async Task Restore_DatabaseIsInUse_IsRefused()
    {
        await Backup();
        var target = await NewTravelHub();
        await using var user = new NpgsqlConnection(target);
        await user.OpenAsync(Cancellation);

        var failure = await Assert.ThrowsAsync<CommandFailure>(() => Restore(target));

        Assert.Contains("in use (1 sessions)", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Restore_FolderIsInUse_IsRefused()
    {
        await Backup();
        var data = new DataFolder(_folder.In("data"));
        data.Create();
        using var up = InstanceLock.TryTake(data);

        var failure = await Assert.ThrowsAsync<CommandFailure>(() => Invoke(RestoreCommand.Create(), Dump, "--data", data.Path, "--replace"));

        Assert.Contains(data.Path, failure.Message, StringComparison.Ordinal);
        Assert.False(Directory.Exists(data.Postgres));
    }

    [Fact]
    public async Task Restore_IntoNewFolder_LeavesAStoppedServerThatHoldsTheLog()
    {
        await Backup();
        var data = new DataFolder(_folder.In("data"));

        Assert.Equal(0, await Invoke(RestoreCommand.Create(), Dump, "--data", data.Path));

        var instance = Instance.Load(data)!;
        Assert.True(instance.FirstStartDone);
        Assert.Empty(instance.Processes);
        Assert.Null(Postmaster.Find(Path.Combine(data.Postgres, "data")));
        await using var server = await PrivatePostgres.Start(
            new PostgresBinaries(instance.PostgresBinaries!), data.Postgres, instance.PostgresPassword, cancellationToken: Cancellation);
        Assert.Equal(SampleLog.ReadOrder, await SampleLog.Order(server.ConnectionString("travelhub")));
    }

    private Task<int> Backup() => Invoke(BackupCommand.Create(), Dump, "--postgres", _source);

    private Task<int> Restore(string target, params string[] more) => Invoke(RestoreCommand.Create(), [Dump, "--postgres", target, .. more]);

    private static Task<int> Invoke(Command command, params string[] args) => command.Parse(args).InvokeAsync(
        new InvocationConfiguration { EnableDefaultExceptionHandler = false, Output = TextWriter.Null }, Cancellation);

    private async Task<string> OtherLog()
    {
        var target = await NewTravelHub();
        await SampleLog.Write(target);
        await Query.Scalar(target, "UPDATE reservation_events SET payload = 'other'");
        return target;
    }

    private async Task<string> NewTravelHub()
    {
        var database = NewName();
        await Database.Create(database, Cancellation);
        await Schema.Apply(database, Cancellation);
        return database;
    }

    private string NewName() => fixture.Server.ConnectionString($"backup_{Guid.NewGuid():N}") + ";Pooling=false";

    /// <summary>How many databases there are that have to do with this one, itself included.</summary>
    private Task<object?> Traces(string target) => Query.Scalar(
        fixture.Server.ConnectionString("postgres"),
        $"SELECT count(*) FROM pg_database WHERE datname LIKE '{new NpgsqlConnectionStringBuilder(target).Database}%'");
}
