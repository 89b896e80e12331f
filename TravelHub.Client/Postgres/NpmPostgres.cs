using System.Runtime.InteropServices;

using TravelHub.Client.Processes;

namespace TravelHub.Client.Postgres;

/// <summary>PostgreSQL from npm, for machines where it is not installed: a package of server programs for each platform.</summary>
/// <param name="folder">Where npm puts the package.</param>
/// <param name="searchPath">The PATH on which npm is looked for.</param>
internal sealed class NpmPostgres(string folder, string? searchPath)
{
    private const string Version = "15.18.0-beta.17";

    private readonly string? _npm = ProgramSearch.Find(OperatingSystem.IsWindows() ? "npm.cmd" : "npm", searchPath);

    public bool IsAvailable => _npm is not null;

    private static string PackageName
    {
        get
        {
            var system = OperatingSystem.IsWindows() ? "windows" : OperatingSystem.IsMacOS() ? "darwin" : "linux";
            return $"@embedded-postgres/{system}-{RuntimeInformation.OSArchitecture.ToString().ToLowerInvariant()}";
        }
    }

    /// <summary>The programs that an earlier run installed, or null.</summary>
    public PostgresBinaries? Installed()
    {
        var binaries = new PostgresBinaries(Path.Combine([folder, "node_modules", .. PackageName.Split('/'), "native", "bin"]));
        return binaries.AreComplete ? binaries : null;
    }

    /// <summary>Installs the package, which needs the network once.</summary>
    public async Task<PostgresBinaries> Install(CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(folder);
        string[] install = ["install", "--prefix", folder, "--no-audit", "--no-fund", $"{PackageName}@{Version}"];
        var run = OperatingSystem.IsWindows()
            ? await ToolRun.Run("cmd.exe", ["/c", _npm!, .. install], null, folder, cancellationToken)
            : await ToolRun.Run(_npm!, install, null, folder, cancellationToken);
        run.OrFail($"Installing {PackageName} with npm");
        return Installed() ?? throw new CommandFailure($"npm installed {PackageName} into {folder}, but its programs are not there.");
    }
}
