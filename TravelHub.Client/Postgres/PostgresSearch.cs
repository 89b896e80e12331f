using System.Globalization;

namespace TravelHub.Client.Postgres;

/// <summary>Where PostgreSQL's server programs are looked for, in this order.</summary>
/// <param name="NamedFolder">A folder that the user named; if it is not null no other is looked at.</param>
/// <param name="UsualFolders">Where installers put them, newest version first.</param>
/// <param name="SearchPath">A PATH.</param>
internal sealed record PostgresSearch(string? NamedFolder, IReadOnlyList<string> UsualFolders, string? SearchPath)
{
    /// <summary>The variable that names the folder.</summary>
    public const string FolderVariable = "TRAVELHUB_PG_BIN";

    public static PostgresSearch OfThisMachine() => new(
        Environment.GetEnvironmentVariable(FolderVariable),
        [
            .. Versions("/usr/lib/postgresql", "*", "bin"),
            .. Versions("/usr/local/pgsql", "bin", ""),
            .. Versions("/opt/homebrew/opt", "postgresql@*", "bin"),
            .. Versions("/usr/local/opt", "postgresql@*", "bin"),
            .. Versions(@"C:\Program Files\PostgreSQL", "*", "bin"),
        ],
        Environment.GetEnvironmentVariable("PATH"));

    /// <summary>The first complete set of programs, or null.</summary>
    /// <exception cref="CommandFailure">The folder that the user named has none.</exception>
    public PostgresBinaries? Find()
    {
        if (NamedFolder is not null)
        {
            var named = new PostgresBinaries(NamedFolder);
            return named.AreComplete
                ? named
                : throw new CommandFailure($"{FolderVariable} is {NamedFolder}, which lacks initdb, pg_ctl or postgres.");
        }

        return Candidates.FirstOrDefault(binaries => binaries.AreComplete);
    }

    /// <summary>The first folder with the programs for dumps, which need not be the server's.</summary>
    /// <param name="serverFolder">The programs of the server in question, if they are known: of the same version, so they are asked first.</param>
    /// <exception cref="CommandFailure">There is none; the message says what to install.</exception>
    public PostgresBinaries FindForDumps(string? serverFolder)
    {
        if (NamedFolder is not null)
        {
            var named = new PostgresBinaries(NamedFolder);
            return named.CanDump ? named : throw new CommandFailure($"{FolderVariable} is {NamedFolder}, which lacks pg_dump or pg_restore.");
        }

        if (serverFolder is not null && new PostgresBinaries(serverFolder) is { CanDump: true } ofServer)
            return ofServer;
        return Candidates.FirstOrDefault(binaries => binaries.CanDump) ?? throw new CommandFailure(
            $"""
            pg_dump and pg_restore were not found (PostgreSQL from npm has the server's programs only). Do one of these and run the command again:
              install them     Debian, Ubuntu: apt-get install postgresql-client    macOS: brew install postgresql@17
              name the folder  that holds them in {FolderVariable}
            They must not be older than the server.
            """);
    }

    /// <summary>The programs for a cluster that exists: a newer version that was installed meanwhile could not run it.</summary>
    /// <param name="major">The version that the cluster was made with.</param>
    /// <param name="lastFolder">Where the programs were that ran it last, if that is known.</param>
    /// <param name="installFolder">Where those of npm are, if they were needed once.</param>
    /// <returns>Null if none is of that version, or the user named a folder.</returns>
    public async Task<PostgresBinaries?> FindFor(string major, string? lastFolder, string installFolder, CancellationToken cancellationToken)
    {
        if (NamedFolder is not null)
            return null;
        PostgresBinaries?[] known = [lastFolder is null ? null : new PostgresBinaries(lastFolder), .. Candidates, new NpmPostgres(installFolder, SearchPath).Installed()];
        foreach (var binaries in known.OfType<PostgresBinaries>())
        {
            if (await binaries.CanRun(major, cancellationToken))
                return binaries;
        }

        return null;
    }

    /// <summary>The first complete set of programs; if the machine has none, those of npm, which are then kept in a folder.</summary>
    /// <exception cref="CommandFailure">There are none and npm is missing or cannot get them.</exception>
    public async Task<PostgresBinaries> FindOrInstall(string installFolder, Action<string> say, CancellationToken cancellationToken)
    {
        if (Find() is { } found)
            return found;
        var npm = new NpmPostgres(installFolder, SearchPath);
        if (npm.Installed() is { } installed)
            return installed;
        if (!npm.IsAvailable)
            throw NotFound();
        say("This machine has no PostgreSQL: installing one into the data folder with npm");
        return await npm.Install(cancellationToken);
    }

    public static CommandFailure NotFound() => new(
        $"""
        PostgreSQL's server programs were not found. Do one of these and run the command again:
          install them     Debian, Ubuntu: apt-get install postgresql    macOS: brew install postgresql@17
          install npm      TravelHub then gets its own copy with it
          name the folder  that holds initdb, pg_ctl and postgres in {FolderVariable}
          use a server     that runs already: travelhub up --postgres "Host=...;Username=...;Password=...;Database=travelhub"
        """);

    private IEnumerable<PostgresBinaries> Candidates =>
        UsualFolders.Concat((SearchPath ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries))
            .Select(folder => new PostgresBinaries(folder));

    private static IEnumerable<string> Versions(string root, string pattern, string programs) =>
        !Directory.Exists(root)
            ? []
            : Directory.GetDirectories(root, pattern)
                .OrderByDescending(VersionOf)
                .Select(folder => Path.Combine(folder, programs));

    private static double VersionOf(string folder)
    {
        var name = Path.GetFileName(folder);
        var digits = name[(name.IndexOf('@', StringComparison.Ordinal) + 1)..];
        return double.TryParse(digits, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var version) ? version : 0;
    }
}
