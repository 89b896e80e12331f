using Npgsql;

namespace TravelHub.Silo.Operations;

/// <summary>Whether a silo can do its work, part by part.</summary>
internal sealed class SiloHealth(ISiloStatusOracle silos, NpgsqlDataSource database, IHostApplicationLifetime host, TimeProvider time)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    /// <summary>Each part, and what is wrong with it; null when nothing is.</summary>
    public async Task<IReadOnlyDictionary<string, string?>> Parts(CancellationToken cancellationToken) => new Dictionary<string, string?>
    {
        ["process"] = host.ApplicationStopping.IsCancellationRequested ? "it is shutting down" : null,
        ["membership"] = silos.CurrentStatus == SiloStatus.Active ? null : $"the silo is {silos.CurrentStatus}",
        ["database"] = await WhyNoDatabase(cancellationToken),
    };

    private async Task<string?> WhyNoDatabase(CancellationToken cancellationToken)
    {
        try
        {
            await using var command = database.CreateCommand("SELECT 1");
            await command.ExecuteScalarAsync(cancellationToken).WaitAsync(Patience, time, cancellationToken);
            return null;
        }
        catch (Exception e) when (!cancellationToken.IsCancellationRequested)
        {
            return $"it does not answer ({e.GetType().Name})";
        }
    }
}
