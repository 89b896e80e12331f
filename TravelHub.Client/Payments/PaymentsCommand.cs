using System.CommandLine;
using System.Data.Common;
using System.Text.Json;
using Npgsql;
using TravelHub.Client.Instances;
using TravelHub.Client.Replay.Audit;

namespace TravelHub.Client.Payments;

/// <summary>The commands <c>payments …</c>.</summary>
internal static class PaymentsCommand
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    public static Command Create() => new("payments", "Looks after the money.") { Reconcile() };

    private static Command Reconcile()
    {
        var json = new Option<bool>("--json") { Description = "Print the report as one JSON object." };
        var command = new Command(
            "reconcile",
            """
            Compare the books with the payment provider's own, reservation by reservation, whether the service runs or not. Exit code 1: they differ, or
            the books do not balance. Unfinished reservations may differ for a moment; they are counted apart. The books follow the log within about 10 s, so
            what differs is looked at again after 15 s.
            """)
        {
            DataFolder.Option, DatabaseOption.Postgres, json,
        };
        command.SetAction((parsed, cancellationToken) => Run(
            DatabaseOption.Of(parsed), DataFolder.Of(parsed).PaymentsStore, parsed.GetValue(json), parsed.InvocationConfiguration.Output, cancellationToken));
        return command;
    }

    private static async Task<int> Run(string connectionString, string store, bool asJson, TextWriter output, CancellationToken cancellationToken)
    {
        if (!File.Exists(store))
            throw new CommandFailure($"There is no provider's store at {store}. Name the folder that `travelhub up` used with --data.");
        try
        {
            await using var database = NpgsqlDataSource.Create(connectionString);
            var report = await new Reconciliation(database, new ProviderStore(store)).RunPatiently(TimeProvider.System, cancellationToken);
            await output.WriteLineAsync(asJson ? JsonSerializer.Serialize(report, Json) : Text(report));
            return report.Holds ? 0 : 1;
        }
        catch (Exception e) when (e is DbException or ArgumentException)
        {
            throw new CommandFailure($"The books, or the provider's, cannot be read: {e.Message}", e);
        }
    }

    private static string Text(ReconciliationReport report) => string.Join(Environment.NewLine,
    [
        $"{report.Reservations:N0} reservations have moved money; {report.UnderWay:N0} are under way; {report.Differences:N0} differ",
        .. report.First.Select(d => $"  {d.Reservation} {d.Currency}: captured {d.CapturedMinor} in the books, {d.ProviderCapturedMinor} at the provider; refunded {d.RefundedMinor} and {d.ProviderRefundedMinor}"),
        .. report.Accounts.Select(a => $"  {a.Account,-10} {a.AmountMinor,16:N0} {a.Currency} (minor)"),
        report.IsBalanced ? "The books balance." : "The books do NOT balance.",
    ]);
}
