using Microsoft.Data.Sqlite;

namespace TravelHub.PaymentSandbox.Ledger;

/// <summary>The SQLite file: its schema, and how it is opened for the one writer and for readers.</summary>
internal sealed class LedgerFile(SandboxOptions options)
{
    // FULL: a commit returns after the log is on the disk, so an answer that follows it survives a power cut too.
    // The longer interval between checkpoints lets pages that change often be written back once.
    private const string Durable = """
        PRAGMA journal_mode = WAL;
        PRAGMA synchronous = FULL;
        PRAGMA wal_autocheckpoint = 4000;
        PRAGMA cache_size = -32000;
        """;

    private const string Schema = """
        -- The terms are null where an id was voided before its charge arrived.
        CREATE TABLE IF NOT EXISTS charges (
            charge_id TEXT PRIMARY KEY,
            reference TEXT,
            status TEXT NOT NULL CHECK (status IN ('captured', 'declined', 'voided')),
            amount_minor INTEGER CHECK (amount_minor > 0),
            currency TEXT,
            token TEXT,
            reason TEXT,
            created_at TEXT NOT NULL
        ) STRICT, WITHOUT ROWID;

        -- A caller asks what was charged for one reservation.
        CREATE INDEX IF NOT EXISTS charges_by_reference ON charges (reference) WHERE reference IS NOT NULL;

        CREATE TABLE IF NOT EXISTS refunds (
            refund_id TEXT PRIMARY KEY,
            charge_id TEXT NOT NULL REFERENCES charges (charge_id),
            amount_minor INTEGER NOT NULL CHECK (amount_minor > 0),
            currency TEXT NOT NULL,
            created_at TEXT NOT NULL
        ) STRICT, WITHOUT ROWID;

        -- Each refund is checked against the sum of those before it.
        CREATE INDEX IF NOT EXISTS refunds_by_charge ON refunds (charge_id);

        -- Double entry: each movement is two rows that sum to zero. Appended only.
        CREATE TABLE IF NOT EXISTS entries (
            entry_id INTEGER PRIMARY KEY,
            movement TEXT NOT NULL CHECK (movement IN ('charge', 'refund')),
            movement_id TEXT NOT NULL,
            account TEXT NOT NULL CHECK (account IN ('customer', 'merchant')),
            amount_minor INTEGER NOT NULL,
            currency TEXT NOT NULL
        ) STRICT;
        """;

    private readonly string _path = Path.GetFullPath(options.Store);

    public LedgerTables OpenForWriting(TimeProvider time)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(_path)!);
        var connection = Open(SqliteOpenMode.ReadWriteCreate, pooling: false);
        Run(connection, Durable);
        Run(connection, Schema);
        return new LedgerTables(connection, time);
    }

    /// <summary>A reader sees what is committed, and nothing that an answer could still be taken back for.</summary>
    public SqliteConnection OpenForReading() => Open(SqliteOpenMode.ReadOnly, pooling: true);

    /// <summary>Lets go of idle readers, so that the writer, closing last, leaves one whole file and no log beside it.</summary>
    public void CloseReaders()
    {
        using var any = new SqliteConnection(Address(SqliteOpenMode.ReadOnly, pooling: true));
        SqliteConnection.ClearPool(any);
    }

    private SqliteConnection Open(SqliteOpenMode mode, bool pooling)
    {
        var connection = new SqliteConnection(Address(mode, pooling));
        connection.Open();
        return connection;
    }

    private string Address(SqliteOpenMode mode, bool pooling) =>
        new SqliteConnectionStringBuilder { DataSource = _path, Mode = mode, Pooling = pooling }.ToString();

    private static void Run(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
