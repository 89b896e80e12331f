using System.CommandLine;

using Npgsql;

using TravelHub.Client.Instances;
using TravelHub.Client.Postgres;
using TravelHub.Client.Up;

namespace TravelHub.Client.Backup;

/// <summary><c>travelhub restore</c>: makes a database from a file that <c>backup</c> wrote.</summary>
internal static class RestoreCommand
{
    public static Command Create()
    {
        var file = new Argument<string>("FILE") { Description = "A file that \"backup\" wrote." };
        var replace = new Option<bool>("--replace") { Description = "Replace a database that holds a log already; what it held is lost." };
        var command = new Command(
            "restore",
            """
            Make the folder's database, or the one named, from a backup. Nothing may use it meanwhile: stop the service first. If it fails, the old
            database is as it was. The payment provider's store is left alone: of what was booked after the backup it still knows the charges.
            """)
        {
            file, replace, DataFolder.Option, DatabaseOption.Postgres,
        };
        command.SetAction((parsed, cancellationToken) =>
        {
            var restore = new Restore(Path.GetFullPath(parsed.GetRequiredValue(file)), parsed.GetValue(replace), parsed.InvocationConfiguration.Output);
            return DatabaseOption.Named(parsed) is { } named
                ? restore.Into(named, serverPrograms: null, cancellationToken)
                : restore.Into(DataFolder.Of(parsed), cancellationToken);
        });
        return command;
    }

    private sealed record Restore(string File, bool Replace, TextWriter Output)
    {
        /// <summary>Has the folder's private server run for as long as it takes, under the lock that <c>up</c> needs too.</summary>
        public async Task<int> Into(DataFolder folder, CancellationToken cancellationToken)
        {
            RequireFile();
            folder.Create();
            using var held = InstanceLock.TryTake(folder) ?? throw UpCommand.AlreadyRunning(folder);
            var store = new InstanceStore(folder);
            RequireOwnDatabase(folder, store.Current);
            using var database = new InstanceDatabase(folder, store, Output.WriteLine, TimeProvider.System);
            try
            {
                var connectionString = await database.StartPrivate(cancellationToken);
                await Into(connectionString, store.Current.PostgresBinaries, cancellationToken);
                // The catalogue is that of the backup, not the one that a new instance is given.
                store.Update(instance => instance with { ConnectionString = connectionString, FirstStartDone = true });
                return 0;
            }
            finally
            {
                await database.Stop();
                store.Update(instance => instance with { Processes = instance.Processes.Remove(InstanceDatabase.ProcessName) });
            }
        }

        /// <summary>Restores into the database of a server that runs.</summary>
        public async Task<int> Into(string connectionString, string? serverPrograms, CancellationToken cancellationToken)
        {
            RequireFile();
            var programs = new DumpPrograms(PostgresSearch.OfThisMachine().FindForDumps(serverPrograms));
            var clock = TimeProvider.System;
            var startTimestamp = clock.GetTimestamp();
            var report = await new DatabaseRestore(programs, connectionString).Run(File, Replace, cancellationToken);
            var seconds = clock.GetElapsedTime(startTimestamp).TotalSeconds;
            await Output.WriteLineAsync(
                $"Restored {report.Events:N0} events of {report.Streams:N0} streams in {seconds:N1} s; the log's new epoch is {report.Epoch}");
            return 0;
        }

        private void RequireFile()
        {
            if (!System.IO.File.Exists(File))
                throw new CommandFailure($"{File} is not there.");
        }

        private static void RequireOwnDatabase(DataFolder folder, Instance instance)
        {
            if (Leftovers.Of(instance) is { Count: > 0 } running)
            {
                var names = string.Join(", ", running.Select(process => process.Name));
                throw new CommandFailure($"Still running in {folder.Path}: {names}. Stop them with: travelhub down --data {folder.Path}");
            }

            if (!instance.HasPrivateDatabase)
            {
                var used = new NpgsqlConnectionStringBuilder(instance.ConnectionString);
                throw new CommandFailure(
                    $"The TravelHub of {folder.Path} keeps its data in the database {used.Database} at {used.Host}:{used.Port}. Name that one with --postgres.");
            }
        }
    }
}
