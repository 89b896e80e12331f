using System.CommandLine;
using System.Text.Encodings.Web;
using System.Text.Json;
using Npgsql;
using TravelHub.Client.Instances;
using TravelHub.Client.Operations;

namespace TravelHub.Client.EventLog;

/// <summary>The commands <c>log …</c>: looks at the log itself, whether the service runs or not.</summary>
internal static class LogCommand
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public static Command Create() => new("log", "Looks after the event log.") { Verify(), RebuildCommand.Create(), OperatorCommands.LogLag() };

    private static Command Verify()
    {
        var json = new Option<bool>("--json") { Description = "Print the report as one JSON object, and no progress." };
        var command = new Command(
            "verify",
            """
            Check every event's hash, that versions run from 1 without a gap, and that each stream ends where its head says. Exit code 1: something is broken.
            It cannot see a stream that was cut together with its head, a whole stream that was deleted, or a chain that somebody computed anew.
            """)
        {
            DataFolder.Option, DatabaseOption.Postgres, json,
        };
        command.SetAction((parsed, cancellationToken) =>
            Run(DatabaseOption.Of(parsed), parsed.GetValue(json), parsed.InvocationConfiguration, cancellationToken));
        return command;
    }

    private static async Task<int> Run(string connectionString, bool asJson, InvocationConfiguration console, CancellationToken cancellationToken)
    {
        try
        {
            await using var database = NpgsqlDataSource.Create(connectionString);
            var report = await new LogVerification(database, TimeProvider.System).Run(
                events => { if (!asJson) console.Error.WriteLine($"{events:N0} events read"); }, cancellationToken);
            await console.Output.WriteLineAsync(asJson ? JsonSerializer.Serialize(report, Json) : Text(report));
            return report.IsWhole ? 0 : 1;
        }
        catch (Exception e) when (e is NpgsqlException or ArgumentException)
        {
            throw new CommandFailure($"The log cannot be read: {e.Message}", e);
        }
    }

    private static string Text(VerifyReport report) => string.Join(Environment.NewLine,
    [
        $"{report.Events:N0} events of {report.Streams:N0} streams in {report.Seconds:N1} s: {(report.IsWhole ? "whole" : $"{report.Broken:N0} broken")}",
        .. report.First.Select(broken => $"  {broken.Stream} version {broken.Version}: {broken.Why}"),
    ]);
}
