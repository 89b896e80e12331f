using TravelHub.Testing;
using TravelHub.Client.Postgres;

namespace TravelHub.Client.Tests.Postgres;

public sealed class PostgresSearchTests
{
    [Fact]
    public async Task FindOrInstall_NothingThere_SaysWhatToInstall()
    {
        using var folder = new TemporaryFolder();
        var search = new PostgresSearch(NamedFolder: null, UsualFolders: [folder.Path], SearchPath: folder.Path);

        var failure = await Assert.ThrowsAsync<CommandFailure>(
            () => search.FindOrInstall(folder.In("npm"), _ => { }, TestContext.Current.CancellationToken));

        Assert.Contains("apt-get install postgresql", failure.Message, StringComparison.Ordinal);
        Assert.Contains("brew install", failure.Message, StringComparison.Ordinal);
        Assert.Contains("TRAVELHUB_PG_BIN", failure.Message, StringComparison.Ordinal);
        Assert.Contains("--postgres", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Find_NamedFolderLacksPrograms_NamesVariableAndFolder()
    {
        using var folder = new TemporaryFolder();
        var search = new PostgresSearch(folder.Path, UsualFolders: [], SearchPath: null);

        var failure = Assert.Throws<CommandFailure>(search.Find);

        Assert.Contains($"TRAVELHUB_PG_BIN is {folder.Path}", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Find_SeveralFolders_TakesTheFirstComplete()
    {
        using var incomplete = new TemporaryFolder();
        using var complete = new TemporaryFolder();
        File.WriteAllText(incomplete.In("initdb"), "");
        var wanted = new PostgresBinaries(complete.Path);
        foreach (var program in new[] { wanted.Initdb, wanted.PgCtl, wanted.Server })
            File.WriteAllText(program, "");

        var found = new PostgresSearch(null, [incomplete.Path], complete.Path).Find();

        Assert.Equal(wanted, found);
    }

    [Fact]
    public void Find_LinksWhoseProgramsWereRemoved_AreNotPrograms()
    {
        using var folder = new TemporaryFolder();
        var links = new PostgresBinaries(folder.Path);
        foreach (var program in new[] { links.Initdb, links.PgCtl, links.Server })
            File.CreateSymbolicLink(program, folder.In("removed"));

        Assert.Null(new PostgresSearch(null, [folder.Path], null).Find());
    }

    [Fact]
    public void FindForDumps_ServerProgramsOnly_SaysWhatToInstall()
    {
        using var folder = new TemporaryFolder();
        var server = new PostgresBinaries(folder.Path);
        foreach (var program in new[] { server.Initdb, server.PgCtl, server.Server })
            File.WriteAllText(program, "");

        var failure = Assert.Throws<CommandFailure>(() => new PostgresSearch(null, [folder.Path], null).FindForDumps(folder.Path));

        Assert.Contains("apt-get install postgresql-client", failure.Message, StringComparison.Ordinal);
        Assert.Contains("TRAVELHUB_PG_BIN", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void FindForDumps_SeveralFolders_PrefersTheServersOwn()
    {
        using var newest = new TemporaryFolder();
        using var ofServer = new TemporaryFolder();
        foreach (var binaries in new[] { new PostgresBinaries(newest.Path), new PostgresBinaries(ofServer.Path) })
        {
            File.WriteAllText(binaries.PgDump, "");
            File.WriteAllText(binaries.PgRestore, "");
        }

        var search = new PostgresSearch(null, [newest.Path], null);

        Assert.Equal(ofServer.Path, search.FindForDumps(ofServer.Path).Folder);
        Assert.Equal(newest.Path, search.FindForDumps(null).Folder);
    }
}
