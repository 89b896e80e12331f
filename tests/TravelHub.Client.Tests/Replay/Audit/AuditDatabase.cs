using Npgsql;

namespace TravelHub.Client.Tests.Replay.Audit;

/// <summary>A database with an empty log, named by TRAVELHUB_TEST_POSTGRES (a connection string); left out where there is none.</summary>
public sealed class AuditDatabase : IAsyncLifetime
{
    private readonly string? _connection = Environment.GetEnvironmentVariable("TRAVELHUB_TEST_POSTGRES");
    private readonly string _schema = $"audit_{Guid.NewGuid():N}";
    private NpgsqlDataSource? _database;

    public NpgsqlDataSource Source
    {
        get
        {
            if (_database is null && Environment.GetEnvironmentVariable("CI") == "true")
                Assert.Fail("Needs PostgreSQL: set TRAVELHUB_TEST_POSTGRES to a connection string.");
            Assert.SkipWhen(_database is null, "TRAVELHUB_TEST_POSTGRES names no database.");
            return _database!;
        }
    }

    public async ValueTask InitializeAsync()
    {
        if (_connection is null)
            return;
        _database = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(_connection) { SearchPath = _schema });
        await Execute($"CREATE SCHEMA {_schema}");
        await using var sql = typeof(TravelHub.Client.Replay.ReplayCommand).Assembly.GetManifestResourceStream("sql.0002_event_log.sql")!;
        using var reader = new StreamReader(sql);
        await Execute(await reader.ReadToEndAsync());
    }

    public async ValueTask DisposeAsync()
    {
        if (_database is null)
            return;
        await Execute($"DROP SCHEMA {_schema} CASCADE");
        await _database.DisposeAsync();
    }

    private async Task Execute(string sql)
    {
        await using var command = _database!.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }
}
