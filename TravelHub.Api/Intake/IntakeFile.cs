using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Options;

namespace TravelHub.Api.Intake;

/// <summary>The SQLite file: its schema, and how it is opened for the one writer and for readers.</summary>
internal sealed class IntakeFile(IOptions<IntakeOptions> options)
{
    // FULL: a commit returns after it is on the disk, so what is answered 202 survives a power cut too. What is deleted is overwritten.
    private const string Durable = """
        PRAGMA journal_mode = WAL;
        PRAGMA synchronous = FULL;
        PRAGMA secure_delete = ON;
        PRAGMA busy_timeout = 5000;
        """;

    private const string Schema = """
        -- What was delivered is deleted; what was refused keeps no command.
        CREATE TABLE IF NOT EXISTS requests (
            number INTEGER PRIMARY KEY AUTOINCREMENT,
            reservation TEXT NOT NULL,
            kind TEXT NOT NULL CHECK (kind IN ('Booking', 'Payment', 'Cancellation')),
            request_key TEXT NOT NULL,
            owner TEXT NOT NULL,
            request_hash TEXT NOT NULL,
            command BLOB,
            stays TEXT,
            kept_at TEXT NOT NULL,
            reason TEXT NOT NULL,
            refusal_code TEXT,
            refusal_detail TEXT,
            ended_at TEXT,
            CHECK ((command IS NULL) = (refusal_code IS NOT NULL)),
            -- A repeat is no second request; also how a reservation's requests are found. Whose reservation it is, only the cluster knows.
            UNIQUE (reservation, owner, kind, request_key)
        ) STRICT;
        """;

    private const UnixFileMode Owner = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    private string FullPath => Path.GetFullPath(Path.Combine(options.Value.Folder!, "intake.db"));

    /// <summary>Makes the folder, for its owner alone.</summary>
    public void MakeFolder()
    {
        var folder = Path.GetDirectoryName(FullPath)!;
        if (OperatingSystem.IsWindows())
            Directory.CreateDirectory(folder);
        else
            Directory.CreateDirectory(folder, Owner);
    }

    public SqliteConnection OpenForWriting()
    {
        MakeFolder();
        var connection = Open(SqliteOpenMode.ReadWriteCreate, pooling: false);
        Run(connection, Durable);
        Run(connection, Schema);
        if (!HasEnds(connection))
            Run(connection, "ALTER TABLE requests ADD COLUMN ended_at TEXT");   // a file of an earlier version
        return connection;
    }

    /// <summary>Takes the folder for this process alone, until it is let go or the process ends: what another one keeps there, this one would not know of.</summary>
    /// <exception cref="IOException">Another gateway has it.</exception>
    public FileStream Lock()
    {
        try
        {
            return new FileStream(Path.Combine(Path.GetDirectoryName(FullPath)!, "lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException e)
        {
            throw new IOException($"The intake in {Path.GetDirectoryName(FullPath)} is another gateway's; stop that one, or give each a folder of its own (Intake:Folder).", e);
        }
    }

    public SqliteConnection OpenForReading() => Open(SqliteOpenMode.ReadOnly, pooling: true);

    /// <summary>Lets go of idle readers, so that the writer, closing last, leaves one whole file.</summary>
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
        new SqliteConnectionStringBuilder { DataSource = FullPath, Mode = mode, Pooling = pooling }.ToString();

    private static bool HasEnds(SqliteConnection connection)
    {
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT count(*) FROM pragma_table_info('requests') WHERE name = 'ended_at'";
        return command.ExecuteScalar() is 1L;
    }

    private static void Run(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
