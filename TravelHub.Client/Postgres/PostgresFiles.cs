using System.Text;

namespace TravelHub.Client.Postgres;

/// <summary>The files of a private server, in one folder that belongs to its account.</summary>
internal sealed class PostgresFiles(string folder)
{
    private const string SettingsName = "travelhub.conf";

    public string Folder { get; } = Path.GetFullPath(folder);

    /// <summary>PostgreSQL's own folder.</summary>
    public string Data => Path.Combine(Folder, "data");

    public string Log => Path.Combine(Folder, "postgres.log");

    public bool AreInitialised => File.Exists(VersionFile);

    /// <summary>The major version that the cluster was made with, such as "17"; null while there is no cluster.</summary>
    public string? Major => AreInitialised ? File.ReadAllText(VersionFile).Trim() : null;

    private string VersionFile => Path.Combine(Data, "PG_VERSION");

    /// <summary>Creates the folder, closed to all but its owner.</summary>
    public void CreateFolder()
    {
        if (OperatingSystem.IsWindows())
            Directory.CreateDirectory(Folder);
        else
            Directory.CreateDirectory(Folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    /// <summary>
    /// Creates an empty cluster. It is made beside its place and moved there when it is whole, so one that was interrupted is
    /// never mistaken for a cluster.
    /// </summary>
    public async Task Initialise(PostgresBinaries binaries, PostgresAccount account, string password, CancellationToken cancellationToken)
    {
        var unfinished = Path.Combine(Folder, "data.new");
        if (Directory.Exists(unfinished))
            Directory.Delete(unfinished, recursive: true);

        var passwordFile = Path.Combine(Folder, "password");
        try
        {
            WriteReadableByOwner(passwordFile, password);
            await account.Own(Folder, cancellationToken);
            // Checksums find torn pages; the C locale makes text order the same on every machine.
            string[] arguments =
            [
                "-D", unfinished, "-U", PrivatePostgres.UserName, "-A", "scram-sha-256", "--pwfile", passwordFile,
                "-k", "-E", "UTF8", "--locale=C",
            ];
            var run = await account.Run(binaries.Initdb, arguments, Folder, cancellationToken);
            run.OrFail("Creating the database cluster");
        }
        finally
        {
            File.Delete(passwordFile);
        }

        await File.AppendAllTextAsync(Path.Combine(unfinished, "postgresql.conf"), $"\ninclude '{SettingsName}'\n", cancellationToken);
        Directory.Move(unfinished, Data);
    }

    /// <summary>Writes the settings that override those of <c>postgresql.conf</c> from the next start on.</summary>
    public void WriteSettings(IReadOnlyDictionary<string, string> settings)
    {
        var text = new StringBuilder();
        foreach (var (name, value) in settings.OrderBy(setting => setting.Key, StringComparer.Ordinal))
            text.Append(name).Append(" = '").Append(value.Replace("'", "''", StringComparison.Ordinal)).AppendLine("'");

        var path = Path.Combine(Data, SettingsName);
        File.WriteAllText(path, text.ToString());
        // No secret is in it, and the server's account, which may not be ours, must read it. Its folder is closed to others.
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead);
    }

    /// <summary>How long the log is, to tell later what was added.</summary>
    public long LogLengthBytes => File.Exists(Log) ? new FileInfo(Log).Length : 0;

    /// <summary>What was added to the log since it was so long.</summary>
    public string LogSince(long lengthBytes)
    {
        if (!File.Exists(Log))
            return "";
        using var file = new FileStream(Log, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        file.Seek(lengthBytes, SeekOrigin.Begin);
        using var reader = new StreamReader(file);
        return reader.ReadToEnd().Trim();
    }

    private static void WriteReadableByOwner(string path, string text)
    {
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        using var writer = new StreamWriter(path, options);
        writer.Write(text);
    }
}
