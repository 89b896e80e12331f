using System.Data;
using Npgsql;

namespace TravelHub.Client.Audit;

/// <summary>Reads the whole audit log once and checks every link.</summary>
internal sealed class AuditVerification(NpgsqlDataSource database)
{
    private const int FindingsKept = 10;

    private const string RowsSql = """
        SELECT number, at, about, who, key_id, role, action, target, outcome, detail, hash FROM audit_log ORDER BY number
        """;

    private readonly List<string> _first = [];
    private long _broken;

    public async Task<AuditReport> Run(CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await using var snapshot = await connection.BeginTransactionAsync(IsolationLevel.RepeatableRead, cancellationToken);
        var open = new HashSet<long>();
        var (rows, number, hash) = (0L, 0L, AuditHash.Seed);
        await using (var command = new NpgsqlCommand(RowsSql, connection) { CommandTimeout = 0 })
        await using (var reader = await command.ExecuteReaderAsync(cancellationToken))
        {
            while (await reader.ReadAsync(cancellationToken))
            {
                rows++;
                (number, hash) = Check(reader, number, hash, open);
            }
        }

        await CheckHead(connection, number, hash, cancellationToken);
        return new AuditReport(rows, open.Count, _broken, _first);
    }

    private (long Number, byte[] Hash) Check(NpgsqlDataReader row, long before, byte[] previous, HashSet<long> open)
    {
        var number = row.GetInt64(0);
        var about = row.IsDBNull(2) ? (long?)null : row.GetInt64(2);
        var stored = row.GetFieldValue<byte[]>(10);
        var expected = AuditHash.Of(previous, number, row.GetDateTime(1), about, Enumerable.Range(3, 7).Select(row.GetString));
        if (number != before + 1)
            Found($"row {before + 1} is missing");
        else if (!expected.AsSpan().SequenceEqual(stored))
            Found($"row {number}: its hash does not follow from the row before it and its own content");
        if (row.GetString(8) == "begun")
            open.Add(number);
        else if (about is { } begun)
            open.Remove(begun);
        // It goes on from what is stored: one changed row is one finding.
        return (number, stored);
    }

    private async Task CheckHead(NpgsqlConnection connection, long number, byte[] hash, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand("SELECT number, hash FROM audit_head", connection);
        await using var head = await command.ExecuteReaderAsync(cancellationToken);
        if (!await head.ReadAsync(cancellationToken))
            Found("the log has no head");
        else if (head.GetInt64(0) != number)
            Found($"the log ends with row {number}, but its head is at {head.GetInt64(0)}");
        else if (!head.GetFieldValue<byte[]>(1).AsSpan().SequenceEqual(hash))
            Found("the head has another hash than the last row");
    }

    private void Found(string why)
    {
        _broken++;
        if (_first.Count < FindingsKept)
            _first.Add(why);
    }
}

/// <summary>What a look at the whole audit log found.</summary>
/// <param name="Open">Actions that have begun and show no outcome: they may or may not have been carried out.</param>
/// <param name="Broken">How many findings there are.</param>
internal sealed record AuditReport(long Rows, long Open, long Broken, IReadOnlyList<string> First)
{
    public bool IsWhole => Broken == 0;
}
