using System.Text.Json;
using Npgsql;
using TravelHub.Grains.Analytics;

namespace TravelHub.Silo;

/// <summary>The silo's program as a tool: makes the figures of analytics anew from the log, and joins no cluster.</summary>
internal static class AnalyticsRebuildHost
{
    /// <summary>The first argument that asks for it.</summary>
    public const string Verb = "rebuild-analytics";

    /// <summary>Prints the report as one line of JSON, or what went wrong. The databases and the section <c>Analytics</c> are set as for a silo.</summary>
    /// <exception cref="InvalidOperationException">The log's database is not configured.</exception>
    public static async Task<int> Run(string[] args)
    {
        var configuration = WebApplication.CreateSlimBuilder(args).Configuration;
        var began = TimeProvider.System.GetTimestamp();
        try
        {
            var events = await AnalyticsRebuild.Run(configuration, CancellationToken.None);
            var report = new { events, seconds = TimeProvider.System.GetElapsedTime(began).TotalSeconds };
            await Console.Out.WriteLineAsync(JsonSerializer.Serialize(report, JsonSerializerOptions.Web));
            return 0;
        }
        catch (Exception e) when (e is NpgsqlException or ArgumentException or TimeoutException)
        {
            await Console.Error.WriteLineAsync(e.Message);
            return 1;
        }
    }
}
