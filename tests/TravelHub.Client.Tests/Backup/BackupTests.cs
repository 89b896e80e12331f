using System.CommandLine;

using Npgsql;

using TravelHub.Client.Backup;
using TravelHub.Testing;

namespace TravelHub.Client.Tests.Backup;

public sealed class BackupTests(PostgresFixture fixture) : IAsyncLifetime
{
    private readonly TemporaryFolder _folder = new();
    private string _source = "";

    private string Dump => _folder.In("travelhub.dump");

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _source = await fixture.NewDatabase($"backed_up_{Guid.NewGuid():N}", Cancellation);

    public ValueTask DisposeAsync()
    {
        _folder.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task Backup_FileExists_IsRefusedAndLeftAsItWas()
    {
        await File.WriteAllTextAsync(Dump, "precious", Cancellation);

        var failure = await Assert.ThrowsAsync<CommandFailure>(() => Backup(_source));

        Assert.Contains(Dump, failure.Message, StringComparison.Ordinal);
        Assert.Equal("precious", await File.ReadAllTextAsync(Dump, Cancellation));
    }

    [Fact]
    public async Task Backup_NoSuchDatabase_SaysSoAndLeavesNoFile()
    {
        var missing = new NpgsqlConnectionStringBuilder(_source) { Database = "missing" }.ConnectionString;

        var failure = await Assert.ThrowsAsync<CommandFailure>(() => Backup(missing));

        Assert.Contains("missing", failure.Message, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFiles(_folder.Path));
    }

    [Fact]
    public async Task Backup_Written_OnlyTheOwnerReads()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "There are no such modes.");

        await Backup(_source);

        var mode = OperatingSystem.IsWindows() ? UnixFileMode.None : File.GetUnixFileMode(Assert.Single(Directory.GetFiles(_folder.Path)));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, mode);
    }

    private Task<int> Backup(string database) => BackupCommand.Create().Parse([Dump, "--postgres", database]).InvokeAsync(
        new InvocationConfiguration { EnableDefaultExceptionHandler = false, Output = TextWriter.Null }, Cancellation);
}
