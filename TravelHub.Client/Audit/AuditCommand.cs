using System.CommandLine;
using System.Text.Json;
using Npgsql;
using TravelHub.Client.Instances;

namespace TravelHub.Client.Audit;

/// <summary>The commands <c>audit …</c>: looks at the audit log itself, whether the service runs or not.</summary>
internal static class AuditCommand
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    public static Command Create() => new("audit", "Looks after the record of what operators did.") { Verify() };

    private static Command Verify()
    {
        var json = new Option<bool>("--json") { Description = "Print the report as one JSON object." };
        var command = new Command(
            "verify",
            """
            Check every row's hash, that numbers run from 1 without a gap, and that the log ends where its head says. Exit code 1: something is broken.
            It cannot see a tail that was cut together with the head, or a chain that the database's owner computed anew; nor what was done past the
            gateway, by SQL.
            """)
        {
            DataFolder.Option, DatabaseOption.Postgres, json,
        };
        command.SetAction((parsed, cancellationToken) =>
            Run(DatabaseOption.Of(parsed), parsed.GetValue(json), parsed.InvocationConfiguration.Output, cancellationToken));
        return command;
    }

    private static async Task<int> Run(string connectionString, bool asJson, TextWriter output, CancellationToken cancellationToken)
    {
        try
        {
            await using var database = NpgsqlDataSource.Create(connectionString);
            var report = await new AuditVerification(database).Run(cancellationToken);
            await output.WriteLineAsync(asJson ? JsonSerializer.Serialize(report, Json) : Text(report));
            return report.IsWhole ? 0 : 1;
        }
        catch (Exception e) when (e is NpgsqlException or ArgumentException)
        {
            throw new CommandFailure($"The audit log cannot be read: {e.Message}", e);
        }
    }

    private static string Text(AuditReport report) => string.Join(Environment.NewLine,
    [
        $"{report.Rows:N0} rows: {(report.IsWhole ? "whole" : $"{report.Broken:N0} broken")}; {report.Open:N0} actions show no outcome and may or may not have been carried out",
        .. report.First.Select(why => $"  {why}"),
        "Not seen: a tail cut together with the head, a chain that the database's owner computed anew, and what was done past the gateway.",
    ]);
}
