using Npgsql;
using TravelHub.Client.Payments;
using TravelHub.Client.Replay.Audit;

namespace TravelHub.Lab.Checks;

/// <summary>Compares the cluster's books with the provider's own.</summary>
internal static class BooksCheck
{
    private static readonly TimeSpan Poll = TimeSpan.FromSeconds(1);

    /// <param name="patience">The books are read from the log now and then.</param>
    public static async Task<CheckResult> Of(
        NpgsqlDataSource database, ProviderStore provider, TimeSpan patience, TimeProvider time, CancellationToken cancellationToken)
    {
        var start = time.GetTimestamp();
        var report = await Reconcile();
        while (!report.Holds && time.GetElapsedTime(start) < patience)
        {
            await Task.Delay(Poll, time, cancellationToken);
            report = await Reconcile();
        }

        return CheckResult.Of(
            "the books balance, and are those of the provider", $"reservations: {report.Reservations}, under way: {report.UnderWay}",
            [.. report.First.Select(one => one.ToString()), .. report.IsBalanced ? [] : new[] { "the accounts do not come to nothing" }]);

        Task<ReconciliationReport> Reconcile() => new Reconciliation(database, provider).Run(cancellationToken);
    }
}
