using Microsoft.Data.Sqlite;
using TravelHub.Client.Replay.Audit;
using TravelHub.Testing;

namespace TravelHub.Client.Tests.Replay.Audit;

/// <summary>A provider's store as a real SQLite file, to be filled by a test.</summary>
internal sealed class HandWrittenStore : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public HandWrittenStore() => Write("""
        PRAGMA journal_mode = WAL;
        CREATE TABLE charges (charge_id TEXT PRIMARY KEY, reference TEXT, status TEXT NOT NULL, amount_minor INTEGER, currency TEXT);
        CREATE TABLE refunds (refund_id TEXT PRIMARY KEY, charge_id TEXT NOT NULL, amount_minor INTEGER NOT NULL, currency TEXT NOT NULL)
        """);

    public ProviderStore Reader => new(Path);

    private string Path => _folder.In("payments.db");

    public void Dispose() => _folder.Dispose();

    public void Charge(string id, Guid reservation, long amountMinor = AuditSample.TotalMinor, string status = "captured") =>
        Write($"INSERT INTO charges VALUES ('{id}', '{reservation:D}', '{status}', {amountMinor}, 'EUR')");

    public void Write(string sql)
    {
        using var connection = new SqliteConnection($"Data Source={Path};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
