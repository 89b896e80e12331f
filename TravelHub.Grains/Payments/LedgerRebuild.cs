using Npgsql;

namespace TravelHub.Grains.Payments;

/// <summary>Empties the books and sends their reader back to the beginning of the log, while the service runs: they are full again in a moment.</summary>
public static class LedgerRebuild
{
    /// <returns>How many movements there were.</returns>
    public static async Task<long> Run(NpgsqlDataSource database, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await using var patience = new NpgsqlCommand("SET LOCAL statement_timeout = 0", connection);   // the books of years take a while
        await patience.ExecuteNonQueryAsync(cancellationToken);
        await using var turn = new NpgsqlCommand(LedgerGrain.TurnSql, connection) { CommandTimeout = 0 };
        await turn.ExecuteNonQueryAsync(cancellationToken);
        await using var cursor = new NpgsqlCommand($"DELETE FROM log_cursors WHERE reader = '{LedgerGrain.Reader}'", connection);
        await cursor.ExecuteNonQueryAsync(cancellationToken);
        await using var books = new NpgsqlCommand("DELETE FROM ledger_movements", connection) { CommandTimeout = 0 };
        var movements = await books.ExecuteNonQueryAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return movements;
    }
}
