using TravelHub.Client.Postgres;
using TravelHub.Client.Processes;
using TravelHub.Testing;

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
    public async Task FindFor_NewerVersionWasInstalled_TakesTheClustersOwn()
    {
        using var newer = new TemporaryFolder();
        using var own = new TemporaryFolder();
        using var elsewhere = new TemporaryFolder();
        await Install(newer, "17.2 (Debian 17.2-1.pgdg120+1)");
        await Install(own, "15.18");
        await Install(elsewhere, "15.3");
        var search = new PostgresSearch(null, [newer.Path, own.Path], null);

        Assert.Equal(own.Path, (await FindFor(search, newer.Path))!.Folder);
        Assert.Equal(own.Path, (await FindFor(search, null))!.Folder);
        Assert.Equal(elsewhere.Path, (await FindFor(search, elsewhere.Path))!.Folder);
        Assert.Null(await FindFor(search with { NamedFolder = newer.Path }, own.Path));
        Assert.Null(await FindFor(search with { UsualFolders = [newer.Path] }, null));

        Task<PostgresBinaries?> FindFor(PostgresSearch among, string? last) =>
            among.FindFor("15", last, newer.In("npm"), TestContext.Current.CancellationToken);

        // By a shell: a program that this process has just written can be busy for a moment, while another test starts one.
        static async Task Install(TemporaryFolder folder, string version)
        {
            const string Script = """
                cd "$1" && printf '#!/bin/sh\necho "postgres (PostgreSQL) %s"\n' "$2" > postgres && touch initdb pg_ctl && chmod +x postgres
                """;
            var run = await ToolRun.Run("/bin/sh", ["-c", Script, "sh", folder.Path, version], null, folder.Path, TestContext.Current.CancellationToken);
            run.OrFail("Writing a program");
        }
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
