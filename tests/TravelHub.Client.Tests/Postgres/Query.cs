using Npgsql;

namespace TravelHub.Client.Tests.Postgres;

/// <summary>One statement on a connection of its own.</summary>
internal static class Query
{
    public static async Task<object?> Scalar(string connectionString, string sql)
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        await using var connection = new NpgsqlConnection(connectionString + ";Pooling=false");
        await connection.OpenAsync(cancellationToken);
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        return await command.ExecuteScalarAsync(cancellationToken);
    }
}
