using System.CommandLine;
using System.Text.Json;
using TravelHub.Client.Instances;
using TravelHub.Client.Processes;
using TravelHub.Client.Up;

namespace TravelHub.Client.EventLog;

/// <summary>What a rebuild found and put right, as the silo's program reports it.</summary>
/// <param name="Streams">Reservations in the log.</param>
/// <param name="Missing">Rows of owners' lists that were not there, and are now.</param>
/// <param name="Wrong">Rows that were not what the log says, and are now.</param>
/// <param name="Surplus">Rows of reservations that the log does not know; they are gone.</param>
/// <param name="Snapshots">Snapshots that were dropped.</param>
/// <param name="Movements">Movements of the books that were dropped.</param>
internal sealed record RebuildReport(long Streams, long Missing, long Wrong, long Surplus, long Snapshots, long Movements);

/// <summary><c>log rebuild</c>: has the silo's program make the read models anew, because it alone can read the events.</summary>
internal static class RebuildCommand
{
    /// <param name="silo">The silo's program; by default the one that was built together with this.</param>
    public static Command Create(string? silo = null)
    {
        var json = new Option<bool>("--json") { Description = "Print the report as one JSON object." };
        var command = new Command(
            "rebuild",
            """
            Make the read models anew from the log, whether the service runs or not: puts the owners' lists right, drops the snapshots of
            room types, which are written again as they are needed, and empties the books, which a running service fills again from the log. Guests' personal data is not in the log and is left alone.
            """)
        {
            DataFolder.Option, DatabaseOption.Postgres, json,
        };
        command.SetAction((parsed, cancellationToken) =>
            Run(silo ?? BuiltPrograms.Find("TravelHub.Silo"), DatabaseOption.Of(parsed), parsed.GetValue(json), parsed.InvocationConfiguration.Output, cancellationToken));
        return command;
    }

    private static async Task<int> Run(string silo, string connectionString, bool asJson, TextWriter output, CancellationToken cancellationToken)
    {
        var environment = new Dictionary<string, string>
        {
            ["ConnectionStrings__TravelHub"] = connectionString,
            ["DOTNET_ENVIRONMENT"] = "Production",
            ["ASPNETCORE_ENVIRONMENT"] = "Production",
        };
        var run = await ToolRun.Run(BuiltPrograms.Runtime, [silo, "rebuild"], environment, cancellationToken);
        if (run.ExitCode != 0)
            throw new CommandFailure($"The read models could not be made anew: {run.Output}");
        var report = run.StandardOutput.Trim();
        await output.WriteLineAsync(asJson ? report : Text(JsonSerializer.Deserialize<RebuildReport>(report, JsonSerializerOptions.Web)!));
        return 0;
    }

    private static string Text(RebuildReport report) =>
        $"""
        Owners' lists: {report.Streams:N0} reservations read; rows that were missing {report.Missing:N0}, wrong {report.Wrong:N0}, of no reservation {report.Surplus:N0}
        Snapshots: {report.Snapshots:N0} dropped; each room type reads its whole stream when it next starts, and then keeps a new one
        Books: {report.Movements:N0} movements dropped; a running service books them again from the log within about 10 s
        """;
}
