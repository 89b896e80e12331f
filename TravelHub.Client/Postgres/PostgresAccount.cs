using TravelHub.Client.Processes;

namespace TravelHub.Client.Postgres;

/// <summary>
/// Who runs PostgreSQL's programs. They refuse root, so root lends them to a user of lesser rights; everyone else runs them himself.
/// </summary>
/// <param name="UserName">That user, or null for the user of this process.</param>
internal sealed record PostgresAccount(string? UserName)
{
    /// <summary>The account for a process like this one.</summary>
    public static PostgresAccount OfThisProcess()
    {
        if (OperatingSystem.IsWindows() || !Environment.IsPrivilegedProcess)
            return new PostgresAccount((string?)null);
        var hasPostgres = File.ReadLines("/etc/passwd").Any(line => line.StartsWith("postgres:", StringComparison.Ordinal));
        return new PostgresAccount(hasPostgres ? "postgres" : "nobody");
    }

    /// <summary>Runs one of PostgreSQL's programs.</summary>
    public Task<ToolRun> Run(string program, IEnumerable<string> arguments, string workingFolder, CancellationToken cancellationToken) =>
        ToolRun.Run(program, arguments, UserName, workingFolder, cancellationToken);

    /// <summary>Gives the account a folder and all in it.</summary>
    public async Task Own(string folder, CancellationToken cancellationToken)
    {
        if (UserName is null)
            return;
        var run = await ToolRun.Run("/bin/chown", ["-R", $"{UserName}:", folder], null, "/", cancellationToken);
        run.OrFail($"Giving {folder} to the user {UserName}");
    }

    /// <summary>Checks that the account can enter a folder.</summary>
    /// <exception cref="CommandFailure">It cannot; names the folder in the way and what to do.</exception>
    public async Task RequireAccess(string folder, CancellationToken cancellationToken)
    {
        if (UserName is null)
            return;
        const string Script = """for folder in "$@"; do [ -x "$folder" ] || { printf %s "$folder"; exit 1; }; done""";
        var run = await Run("/bin/sh", ["-c", Script, "sh", .. FromRoot(folder)], "/", cancellationToken);
        if (run.ExitCode != 0)
        {
            throw new CommandFailure(
                $"""
                PostgreSQL refuses to run as root, so it runs as the user {UserName}, who cannot enter {run.Output} on the way to {folder}.
                Choose another data folder (--data /var/lib/travelhub), or let others pass: chmod o+x {run.Output}
                """);
        }
    }

    private static Stack<string> FromRoot(string folder)
    {
        var path = new Stack<string>();
        for (var at = new DirectoryInfo(folder); at is not null; at = at.Parent)
            path.Push(at.FullName);
        return path;
    }
}
