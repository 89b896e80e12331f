using System.CommandLine;

namespace TravelHub.Client.Instances;

/// <summary>The folder in which an instance keeps everything: its secrets, its database, its logs.</summary>
internal sealed record DataFolder(string Path)
{
    /// <summary>The <c>--data</c> option of every command that speaks to an instance.</summary>
    public static Option<string> Option { get; } = new("--data")
    {
        Description = "The folder of the instance's data.",
        HelpName = "DIR",
        DefaultValueFactory = _ => DefaultPath(),
    };

    public string InstanceFile => In("instance.json");

    public string LockFile => In("up.lock");

    public string Postgres => In("postgres");

    public string PostgresBinaries => In("postgres-bin");

    public string PaymentsStore => In("payments.db");

    /// <summary>What protects the cookies and forms of the gateway's pages: it outlives the gateway, or visitors would lose their trips.</summary>
    public string PageKeys => In("page-keys");

    /// <summary>What the gateway keeps while the cluster cannot take it.</summary>
    public string Intake => In("intake");

    public string Logs => In("logs");

    public static DataFolder Of(ParseResult command) => new(System.IO.Path.GetFullPath(command.GetRequiredValue(Option)));

    /// <summary>What other commands need in order to find it: empty for the default folder.</summary>
    public string AsOption() => Path == DefaultPath() ? "" : $" --data {Path}";

    public string Log(string processName) => System.IO.Path.Combine(Logs, $"{processName}.log");

    /// <summary>Creates the folder, closed to other users. Root's lets them pass, because PostgreSQL runs as one of them in it.</summary>
    /// <exception cref="CommandFailure">It cannot be created, or belongs to another user.</exception>
    public void Create()
    {
        try
        {
            CreateFolders();
            // One that another user made exists, but is of no use.
            using var probe = new FileStream(LockFile, FileMode.OpenOrCreate, FileAccess.Write, FileShare.ReadWrite);
        }
        catch (IOException) when (File.Exists(LockFile))
        {
            // A command holds it, so the folder is fit for use; that it is in use is for the lock to say.
        }
        catch (Exception e) when (e is UnauthorizedAccessException or IOException)
        {
            throw new CommandFailure($"The data folder {Path} cannot be used: {e.Message} Choose another one with --data.", e);
        }
    }

    private void CreateFolders()
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(Logs);
            return;
        }

        const UnixFileMode Owner = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
        const UnixFileMode Pass = UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;
        Directory.CreateDirectory(Path, Environment.IsPrivilegedProcess ? Owner | Pass : Owner);
        Directory.CreateDirectory(Logs, Owner);
        // Earlier builds left these open to whoever may pass; what the processes write now is closed from the start.
        foreach (var suffix in (string[])["", "-wal", "-shm"])
        {
            if (File.Exists(PaymentsStore + suffix))
                File.SetUnixFileMode(PaymentsStore + suffix, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }

        if (Directory.Exists(PageKeys))
            File.SetUnixFileMode(PageKeys, Owner);
    }

    private string In(string name) => System.IO.Path.Combine(Path, name);

    private static string DefaultPath()
    {
        if (!OperatingSystem.IsWindows() && Environment.IsPrivilegedProcess)
            return "/var/lib/travelhub";
        // The runtime knows $XDG_DATA_HOME and where systems without it keep such data.
        var home = Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.DoNotVerify);
        return System.IO.Path.Combine(home, "travelhub");
    }
}
