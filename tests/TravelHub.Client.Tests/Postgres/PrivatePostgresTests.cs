using TravelHub.Testing;
using Npgsql;

using TravelHub.Client.Postgres;

namespace TravelHub.Client.Tests.Postgres;

public sealed class PrivatePostgresTests(PostgresFixture fixture)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Start_NewFolder_AcceptsThePasswordAndIsDurable()
    {
        var settings = await Query.Scalar(
            fixture.Server.ConnectionString("postgres"),
            "SELECT concat_ws(' ', current_setting('fsync'), current_setting('data_checksums'), current_setting('listen_addresses'))");

        Assert.Equal("on on 127.0.0.1", settings);
        Assert.InRange(fixture.Server.Port, 1024, 32767);
    }

    [Fact]
    public async Task Start_WrongPassword_IsRefused()
    {
        var wrong = new NpgsqlConnectionStringBuilder(fixture.Server.ConnectionString("postgres")) { Password = "wrong" };

        var refusal = await Assert.ThrowsAsync<PostgresException>(() => Query.Scalar(wrong.ConnectionString, "SELECT 1"));

        Assert.Equal(PostgresErrorCodes.InvalidPassword, refusal.SqlState);
    }

    [Fact]
    public async Task Start_ServerKilled_KeepsItsDataAndPort()
    {
        using var folder = new TemporaryFolder();
        await using var killed = await PrivatePostgres.Start(
            PostgresBinaries.Find(), folder.In("postgres"), cancellationToken: Cancellation);
        await Query.Scalar(killed.ConnectionString("postgres"), "CREATE TABLE kept AS SELECT 42 AS answer");
        await killed.Kill();

        var port = new Dictionary<string, string> { ["port"] = $"{killed.Port}" };
        await using var restarted = await PrivatePostgres.Start(
            PostgresBinaries.Find(), folder.In("postgres"), killed.Password, port, Cancellation);

        Assert.Equal(42, await Query.Scalar(restarted.ConnectionString("postgres"), "SELECT answer FROM kept"));
        Assert.Equal(killed.Port, restarted.Port);
        Assert.NotEqual(killed.ProcessId, restarted.ProcessId);
    }

    [Fact]
    public async Task Start_ServerRunsInFolder_AttachesToIt()
    {
        var folder = Path.GetDirectoryName(fixture.Server.LogPath)!;

        var attached = await PrivatePostgres.Start(
            PostgresBinaries.Find(), folder, fixture.Server.Password, cancellationToken: Cancellation);

        Assert.Equal((fixture.Server.ProcessId, fixture.Server.Port), (attached.ProcessId, attached.Port));
    }

    [Fact]
    public async Task Start_ServerRunsWithAnotherPassword_SaysSo()
    {
        var folder = Path.GetDirectoryName(fixture.Server.LogPath)!;

        var failure = await Assert.ThrowsAsync<CommandFailure>(
            () => PrivatePostgres.Start(PostgresBinaries.Find(), folder, "wrong", cancellationToken: Cancellation));

        Assert.Contains("password", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_FolderOutOfReach_NamesTheFolderInTheWay()
    {
        Assert.SkipUnless(Environment.IsPrivilegedProcess && !OperatingSystem.IsWindows(), "Only root lends the server to another user.");
        using var folder = new TemporaryFolder();
        var closed = folder.In("closed");
        if (!OperatingSystem.IsWindows())
            Directory.CreateDirectory(closed, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);

        var failure = await Assert.ThrowsAsync<CommandFailure>(
            () => PrivatePostgres.Start(PostgresBinaries.Find(), Path.Combine(closed, "postgres"), cancellationToken: Cancellation));

        Assert.Contains($"cannot enter {closed} ", failure.Message, StringComparison.Ordinal);
        Assert.Contains("--data", failure.Message, StringComparison.Ordinal);
    }
}
