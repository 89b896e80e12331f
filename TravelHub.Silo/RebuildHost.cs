using System.Text.Json;
using TravelHub.Grains.Reservations;

namespace TravelHub.Silo;

/// <summary>The silo's program as a tool: makes the read models anew from the log, and joins no cluster.</summary>
internal static class RebuildHost
{
    /// <summary>The first argument that asks for it.</summary>
    public const string Verb = "rebuild";

    /// <summary>Prints the report as one line of JSON. The database and the section <c>Reservations</c> are set as for a silo.</summary>
    /// <exception cref="InvalidOperationException">The database is not configured.</exception>
    public static async Task<int> Run(string[] args)
    {
        var builder = WebApplication.CreateSlimBuilder(args);
        var connectionString = builder.Configuration.GetConnectionString("TravelHub")
            ?? throw new InvalidOperationException("Set ConnectionStrings__TravelHub to the cluster's PostgreSQL database.");
        var options = builder.Configuration.GetSection("Reservations").Get<ReservationOptions>() ?? new ReservationOptions();
        await using var database = PostgresCluster.DataSource(connectionString, Verb);
        var report = await ReservationListRebuild.Run(database, options.ResumeAfter, CancellationToken.None);
        await Console.Out.WriteLineAsync(JsonSerializer.Serialize(report, JsonSerializerOptions.Web));
        return 0;
    }
}
