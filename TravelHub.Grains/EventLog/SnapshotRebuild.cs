using Npgsql;

namespace TravelHub.Grains.EventLog;

/// <summary>Drops the snapshots, while the service runs: a stream's next activation reads all of it, and a new one is kept in time.</summary>
public static class SnapshotRebuild
{
    /// <returns>How many were dropped.</returns>
    public static async Task<long> Run(NpgsqlDataSource database, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand("DELETE FROM snapshots");
        return await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
