using TravelHub.Client.Processes;

namespace TravelHub.Client.Postgres;

/// <summary>A folder that holds PostgreSQL's programs: those of the server, those for dumps, or both.</summary>
internal sealed record PostgresBinaries(string Folder)
{
    public string Initdb => Program("initdb");

    public string PgCtl => Program("pg_ctl");

    public string Server => Program("postgres");

    public string PgDump => Program("pg_dump");

    public string PgRestore => Program("pg_restore");

    /// <summary>Whether the folder has what backup and restore need. The package from npm has not.</summary>
    public bool CanDump => IsThere(PgDump) && IsThere(PgRestore);

    /// <summary>Whether the folder has all that a private server needs.</summary>
    public bool AreComplete => IsThere(Initdb) && IsThere(PgCtl) && IsThere(Server);

    // A link to a program that was removed "exists" by its name alone.
    private static bool IsThere(string program) =>
        File.Exists(program) && (new FileInfo(program).ResolveLinkTarget(returnFinalTarget: true)?.Exists ?? true);

    /// <summary>Whether these are of the major version that a cluster was made with, such as "17"; no others can run it.</summary>
    public async Task<bool> CanRun(string major, CancellationToken cancellationToken)
    {
        if (!AreComplete)
            return false;
        try
        {
            var version = await ToolRun.Run(Server, ["--version"], new Dictionary<string, string>(), cancellationToken);
            return version.StandardOutput.StartsWith($"postgres (PostgreSQL) {major}.", StringComparison.Ordinal);
        }
        catch (CommandFailure)
        {
            return false;
        }
    }

    /// <summary>The programs that this machine has.</summary>
    /// <exception cref="CommandFailure">It has none; the message says how to get them.</exception>
    public static PostgresBinaries Find() => PostgresSearch.OfThisMachine().Find() ?? throw PostgresSearch.NotFound();

    private string Program(string name) => Path.Combine(Folder, OperatingSystem.IsWindows() ? $"{name}.exe" : name);
}
