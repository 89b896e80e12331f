using System.Collections.Immutable;
using Microsoft.Extensions.Options;
using Npgsql;
using Orleans.Configuration;

namespace TravelHub.Grains.Operations;

/// <summary>Which silos an operator wants, in the database, where the supervisor of their processes reads it too.</summary>
internal sealed class SiloWishes(NpgsqlDataSource database, IOptions<ClusterOptions> cluster)
{
    // A wish of the future is from before the clock went back: it tells nothing of the order, and would hold until its time has come.
    private const string SetSql = """
        INSERT INTO silo_wishes (cluster_id, silo, is_wanted, asked_by, asked_at) VALUES ($1, $2, $3, $4, $5)
        ON CONFLICT (cluster_id, silo) DO UPDATE SET is_wanted = excluded.is_wanted, asked_at = excluded.asked_at, asked_by = excluded.asked_by
        WHERE silo_wishes.asked_at <= excluded.asked_at OR silo_wishes.asked_at > clock_timestamp()
        """;

    private const string NowSql = "SELECT clock_timestamp()";

    private const string AwaySql = "SELECT silo FROM silo_wishes WHERE cluster_id = $1 AND NOT is_wanted ORDER BY silo";

    /// <returns>The database's time.</returns>
    public async Task<DateTimeOffset> Now()
    {
        await using var command = database.CreateCommand(NowSql);
        await using var rows = await command.ExecuteReaderAsync();
        await rows.ReadAsync();
        return rows.GetFieldValue<DateTimeOffset>(0);
    }

    /// <summary>Durable when it returns.</summary>
    /// <param name="askedAt">The database's time when it was first asked for.</param>
    /// <returns>False when a later wish holds.</returns>
    public async Task<bool> Set(string silo, bool isWanted, string by, DateTimeOffset askedAt)
    {
        await using var command = database.CreateCommand(SetSql);
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = cluster.Value.ClusterId });
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = silo });
        command.Parameters.Add(new NpgsqlParameter<bool> { TypedValue = isWanted });
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = by });
        command.Parameters.Add(new NpgsqlParameter<DateTimeOffset> { TypedValue = askedAt });
        return await command.ExecuteNonQueryAsync() > 0;
    }

    public async Task<ImmutableArray<string>> Away()
    {
        await using var command = database.CreateCommand(AwaySql);
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = cluster.Value.ClusterId });
        var away = ImmutableArray.CreateBuilder<string>();
        await using var rows = await command.ExecuteReaderAsync();
        while (await rows.ReadAsync())
            away.Add(rows.GetString(0));
        return away.ToImmutable();
    }
}
