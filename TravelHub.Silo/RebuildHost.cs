using System.Text.Json;
using Npgsql;
using TravelHub.Grains.EventLog;
using TravelHub.Grains.Payments;
using TravelHub.Grains.Reservations;

namespace TravelHub.Silo;

/// <summary>The silo's program as a tool: makes the read models anew from the log, and joins no cluster.</summary>
internal static class RebuildHost
{
    /// <summary>The first argument that asks for it.</summary>
    public const string Verb = "rebuild";

    /// <summary>Prints the report as one line of JSON, or what went wrong. The database and the section <c>Reservations</c> are set as for a silo.</summary>
    /// <exception cref="InvalidOperationException">The database is not configured.</exception>
    public static async Task<int> Run(string[] args)
    {
        var builder = WebApplication.CreateSlimBuilder(args);
        var connectionString = builder.Configuration.GetConnectionString("TravelHub")
            ?? throw new InvalidOperationException("Set ConnectionStrings__TravelHub to the cluster's PostgreSQL database.");
        var options = builder.Configuration.GetSection("Reservations").Get<ReservationOptions>() ?? new ReservationOptions();
        try
        {
            await using var database = PostgresCluster.DataSource(connectionString, Verb);
            var lists = await ReservationListRebuild.Run(database, options.ResumeAfter, CancellationToken.None);
            var snapshots = await SnapshotRebuild.Run(database, CancellationToken.None);
            var movements = await LedgerRebuild.Run(database, CancellationToken.None);
            var report = new { lists.Streams, lists.Missing, lists.Wrong, lists.Surplus, snapshots, movements };
            await Console.Out.WriteLineAsync(JsonSerializer.Serialize(report, JsonSerializerOptions.Web));
            return 0;
        }
        catch (Exception e) when (e is NpgsqlException or ArgumentException)
        {
            await Console.Error.WriteLineAsync(e.Message);
            return 1;
        }
    }
}
