using Npgsql;
using TravelHub.Testing;

namespace TravelHub.Cluster.Tests.Catalog;

/// <summary>The storage queries that the providers run.</summary>
public sealed class GrainStorageTests(PostgresFixture postgres)
{
    [Fact]
    public async Task WriteToStorage_ConcurrentFirstWrites_OneWins()
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        var connectionString = await postgres.NewTravelHubDatabase("storage_first_writes", cancellationToken);
        await using var database = NpgsqlDataSource.Create(connectionString);
        var sql = await Query(database, "WriteToStorageKey");

        for (var round = 0; round < 20; round++)
        {
            var versions = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Write(database, sql, round)));
            Assert.Equal(1, versions.Count(v => v == 1));
            Assert.Equal(7, versions.Count(v => v is null));
        }
    }

    private static async Task<int?> Write(NpgsqlDataSource database, string sql, int grain)
    {
        await using var command = database.CreateCommand(sql);
        command.Parameters.AddWithValue("GrainIdHash", grain);
        command.Parameters.AddWithValue("GrainIdN0", 0L);
        command.Parameters.AddWithValue("GrainIdN1", 0L);
        command.Parameters.AddWithValue("GrainTypeHash", 7);
        command.Parameters.AddWithValue("GrainTypeString", "property");
        command.Parameters.AddWithValue("GrainIdExtensionString", DBNull.Value).NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.Text;
        command.Parameters.AddWithValue("ServiceId", "travelhub");
        command.Parameters.AddWithValue("GrainStateVersion", DBNull.Value).NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.Integer;
        command.Parameters.AddWithValue("PayloadBinary", new byte[] { 1 });
        return await command.ExecuteScalarAsync(TestContext.Current.CancellationToken) as int?;
    }

    private static async Task<string> Query(NpgsqlDataSource database, string key)
    {
        await using var command = database.CreateCommand("SELECT querytext FROM orleansquery WHERE querykey = $1");
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = key });
        return (string)(await command.ExecuteScalarAsync(TestContext.Current.CancellationToken))!;
    }
}
