using Npgsql;

namespace TravelHub.Api.Access;

/// <summary>The gateway's own way to the database, for keys and the audit log alone: few connections, and none that waits long.</summary>
internal sealed class AccessDatabase : IAsyncDisposable
{
    private readonly NpgsqlDataSource _source;

    /// <param name="configuration">With <c>ConnectionStrings:TravelHub</c>.</param>
    public AccessDatabase(IConfiguration configuration) => _source = NpgsqlDataSource.Create(
        new NpgsqlConnectionStringBuilder(configuration.GetConnectionString("TravelHub"))
        {
            ApplicationName = "gateway-access",
            MaxPoolSize = 4,
            Timeout = 3,           // seconds to connect
            CommandTimeout = 5,    // seconds
        });

    public NpgsqlCommand Command(string sql) => _source.CreateCommand(sql);

    public NpgsqlBatch Batch() => _source.CreateBatch();

    public ValueTask<NpgsqlConnection> Open(CancellationToken cancellationToken) => _source.OpenConnectionAsync(cancellationToken);

    public ValueTask DisposeAsync() => _source.DisposeAsync();

    /// <summary>Whether the database is away or overwhelmed, and not the statement wrong.</summary>
    public static bool IsAway(Exception e) => e is NpgsqlException and (not PostgresException or { IsTransient: true })
        or PostgresException { SqlState: ['5', '7' or '3' or '8', ..] } or PostgresException { SqlState: ['0', '8', ..] };
}
