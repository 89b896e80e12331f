using System.CommandLine;

using TravelHub.Client.Instances;
using TravelHub.Client.Postgres;

namespace TravelHub.Client.Backup;

/// <summary><c>travelhub backup</c>: writes the database to a file, while the service runs.</summary>
internal static class BackupCommand
{
    public static Command Create()
    {
        var file = new Argument<string>("FILE") { Description = "The file to write; it must not exist. Its owner alone can read it." };
        var command = new Command(
            "backup",
            """
            Write the whole database, as it is at one moment, to a file that "restore" reads: the log, owners' lists, guests' personal data, catalogue
            and reminders. The service may go on. Not in it: the payment provider's store (payments.db), which is another party's book, and the
            folder's keys (instance.json).
            """)
        {
            file, DataFolder.Option, DatabaseOption.Postgres,
        };
        command.SetAction((parsed, cancellationToken) =>
        {
            var connectionString = DatabaseOption.Of(parsed);
            var serverPrograms = DatabaseOption.Named(parsed) is null ? ProgramsOfRunning(DataFolder.Of(parsed)) : null;
            var path = Path.GetFullPath(parsed.GetRequiredValue(file));
            return Run(path, connectionString, serverPrograms, parsed.InvocationConfiguration.Output, cancellationToken);
        });
        return command;
    }

    /// <summary>The programs of the folder's server, or null if the data is elsewhere.</summary>
    private static string? ProgramsOfRunning(DataFolder folder)
    {
        if (Instance.Load(folder) is not { HasPrivateDatabase: true } instance)
            return null;
        return Postmaster.Find(new PostgresFiles(folder.Postgres).Data) is not null
            ? instance.PostgresBinaries
            : throw new CommandFailure($"The database in {folder.Path} does not run. Start it with: travelhub up --data {folder.Path}");
    }

    private static async Task<int> Run(
        string path, string connectionString, string? serverPrograms, TextWriter output, CancellationToken cancellationToken)
    {
        var programs = new DumpPrograms(PostgresSearch.OfThisMachine().FindForDumps(serverPrograms));
        var clock = TimeProvider.System;
        var startTimestamp = clock.GetTimestamp();
        await Write(programs, connectionString, path, cancellationToken);
        var seconds = clock.GetElapsedTime(startTimestamp).TotalSeconds;
        await output.WriteLineAsync($"Wrote {path}: {new FileInfo(path).Length:N0} bytes in {seconds:N1} s");
        return 0;
    }

    /// <summary>The file appears under its name when it is whole: pg_dump has by then brought it to the disk.</summary>
    private static async Task Write(DumpPrograms programs, string connectionString, string path, CancellationToken cancellationToken)
    {
        if (Path.Exists(path))
            throw new CommandFailure($"{path} exists already, and a backup replaces nothing. Choose another name.");
        if (!Directory.Exists(Path.GetDirectoryName(path)))
            throw new CommandFailure($"The folder {Path.GetDirectoryName(path)} is not there. Make it first, or name another one.");
        var unfinished = $"{path}.{Path.GetRandomFileName()}";
        try
        {
            CreateReadableByOwner(unfinished);
            await programs.Dump(connectionString, unfinished, cancellationToken);
            File.Move(unfinished, path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new CommandFailure($"{path} cannot be written: {e.Message}", e);
        }
        finally
        {
            // Gone if all went well.
            if (File.Exists(unfinished))
                File.Delete(unfinished);
        }
    }

    private static void CreateReadableByOwner(string path)
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        new FileStream(path, options).Dispose();
    }
}
