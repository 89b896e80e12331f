using System.Collections.Immutable;
using Microsoft.Extensions.Options;
using Npgsql;
using Orleans.Configuration;

namespace TravelHub.Grains.Operations;

/// <summary>Which silos an operator wants, in the database, where the supervisor of their processes reads it too.</summary>
internal sealed class SiloWishes(NpgsqlDataSource database, IOptions<ClusterOptions> cluster)
{
    private const string SetSql = """
        INSERT INTO silo_wishes (cluster_id, silo, is_wanted, asked_by) VALUES ($1, $2, $3, $4)
        ON CONFLICT (cluster_id, silo) DO UPDATE SET is_wanted = excluded.is_wanted, asked_at = excluded.asked_at, asked_by = excluded.asked_by
        """;

    private const string AwaySql = "SELECT silo FROM silo_wishes WHERE cluster_id = $1 AND NOT is_wanted ORDER BY silo";

    /// <summary>Durable when it returns.</summary>
    public async Task Set(string silo, bool isWanted, string by)
    {
        await using var command = database.CreateCommand(SetSql);
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = cluster.Value.ClusterId });
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = silo });
        command.Parameters.Add(new NpgsqlParameter<bool> { TypedValue = isWanted });
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = by });
        await command.ExecuteNonQueryAsync();
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
