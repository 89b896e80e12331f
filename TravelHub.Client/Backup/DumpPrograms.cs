using System.Globalization;

using Npgsql;

using TravelHub.Client.Postgres;
using TravelHub.Client.Processes;

namespace TravelHub.Client.Backup;

/// <summary>Runs <c>pg_dump</c> and <c>pg_restore</c>. Where the database is, and the password, goes through their environment.</summary>
internal sealed class DumpPrograms(PostgresBinaries binaries)
{
    /// <summary>Writes what the database holds at one moment, while others go on writing.</summary>
    /// <param name="path">Replaced if it exists.</param>
    /// <param name="connectionString">How to reach the database.</param>
    /// <param name="cancellationToken">Leaves a part of the file.</param>
    /// <exception cref="CommandFailure">It failed; carries the program's words.</exception>
    public async Task Dump(string connectionString, string path, CancellationToken cancellationToken)
    {
        var run = await ToolRun.Run(
            binaries.PgDump, ["--format=custom", "--no-password", $"--file={path}"], Environment(connectionString), cancellationToken);
        run.OrFail("The backup");
    }

    /// <summary>Fills an empty database from a dump.</summary>
    /// <param name="path">The dump.</param>
    /// <param name="connectionString">How to reach the database.</param>
    /// <param name="cancellationToken">Leaves a part of it in the database.</param>
    /// <exception cref="CommandFailure">It failed; carries the program's words.</exception>
    public async Task Restore(string path, string connectionString, CancellationToken cancellationToken)
    {
        // Without a database on its command line pg_restore prints the SQL in place of running it; a name is no secret.
        var database = new NpgsqlConnectionStringBuilder(connectionString).Database;
        // Roles may have other names here: all belongs to who restores it.
        string[] arguments = ["--no-owner", "--no-privileges", "--exit-on-error", "--no-password", $"--dbname={database}", path];
        var run = await ToolRun.Run(binaries.PgRestore, arguments, Environment(connectionString), cancellationToken);
        run.OrFail($"Restoring {path}, which changed nothing,");
    }

    private static Dictionary<string, string> Environment(string connectionString)
    {
        var connection = new NpgsqlConnectionStringBuilder(connectionString);
        var variables = new Dictionary<string, string?>
        {
            ["PGHOST"] = connection.Host,
            ["PGPORT"] = connection.Port.ToString(CultureInfo.InvariantCulture),
            ["PGDATABASE"] = connection.Database,
            ["PGUSER"] = connection.Username,
            ["PGPASSWORD"] = connection.Password,
            ["PGPASSFILE"] = connection.Passfile,
            ["PGSSLMODE"] = connection.SslMode switch
            {
                SslMode.VerifyCA => "verify-ca",
                SslMode.VerifyFull => "verify-full",
                var mode => mode.ToString().ToLowerInvariant(),
            },
            ["PGSSLROOTCERT"] = connection.RootCertificate,
            ["PGSSLCERT"] = connection.SslCertificate,
            ["PGSSLKEY"] = connection.SslKey,
        };
        return variables.Where(variable => !string.IsNullOrEmpty(variable.Value)).ToDictionary(variable => variable.Key, variable => variable.Value!);
    }
}
