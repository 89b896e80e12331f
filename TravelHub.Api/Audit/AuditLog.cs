using System.Threading.Channels;
using Npgsql;
using NpgsqlTypes;
using TravelHub.Api.Access;

namespace TravelHub.Api.Audit;

/// <summary>
/// Appends to the audit log. The database chains the rows, one writer after the other, so what comes while a commit is under way goes together into the
/// next one.
/// </summary>
internal sealed class AuditLog(AccessDatabase database) : BackgroundService
{
    private const int MostRowsACommit = 200;
    private const int MostWaiting = 2_000;

    private const string AppendSql = "SELECT audit_append($1, $2, $3, $4, $5, $6, $7, $8)";

    // Newest first: an operator looks for what happened just now.
    private const string PageSql = """
        SELECT number, at, about, who, key_id, role, action, target, outcome, detail FROM audit_log WHERE number < $1 ORDER BY number DESC LIMIT $2
        """;

    private readonly Channel<Pending> _pending = Channel.CreateBounded<Pending>(new BoundedChannelOptions(MostWaiting) { SingleReader = true });

    /// <summary>Appends a row; it is durable when this returns.</summary>
    /// <returns>Its number.</returns>
    /// <exception cref="Exception">It may or may not have been written.</exception>
    public Task<long> Append(AuditEntry entry)
    {
        var pending = new Pending(entry, new TaskCompletionSource<long>(TaskCreationOptions.RunContinuationsAsynchronously));
        return _pending.Writer.TryWrite(pending) ? pending.Number.Task : throw new InvalidOperationException("Too many rows wait for the audit log.");
    }

    /// <summary>A page, newest first.</summary>
    /// <param name="before">Rows with lower numbers than this.</param>
    public async Task<List<AuditRow>> Page(long before, int limit, CancellationToken cancellationToken)
    {
        await using var command = database.Command(PageSql);
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = before });
        command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = limit });
        await using var rows = await command.ExecuteReaderAsync(cancellationToken);
        var page = new List<AuditRow>();
        while (await rows.ReadAsync(cancellationToken))
        {
            page.Add(new AuditRow(
                rows.GetInt64(0), rows.GetFieldValue<DateTimeOffset>(1), rows.IsDBNull(2) ? null : rows.GetInt64(2), rows.GetString(3), rows.GetString(4),
                rows.GetString(5), rows.GetString(6), rows.GetString(7), rows.GetString(8), rows.GetString(9)));
        }

        return page;
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var batch = new List<Pending>();
        while (await _pending.Reader.WaitToReadAsync(stoppingToken))
        {
            while (batch.Count < MostRowsACommit && _pending.Reader.TryRead(out var next))
                batch.Add(next);
            await Commit(batch);
            batch.Clear();
        }
    }

    // Once begun it is not cancelled: whoever waits is told what became of it.
    private async Task Commit(List<Pending> batch)
    {
        try
        {
            await using var command = database.Command(AppendSql);
            command.Parameters.Add(Column(NpgsqlDbType.Bigint, batch.Select(p => p.Entry.About)));
            foreach (var column in new Func<AuditEntry, string>[] { e => e.Who, e => e.KeyId, e => e.Role, e => e.Action, e => e.Target, e => e.Outcome, e => e.Detail })
                command.Parameters.Add(Column(NpgsqlDbType.Text, batch.Select(p => column(p.Entry))));
            var numbers = (long[])(await command.ExecuteScalarAsync(CancellationToken.None))!;
            for (var i = 0; i < batch.Count; i++)
                batch[i].Number.SetResult(numbers[i]);
        }
        catch (Exception e)
        {
            foreach (var pending in batch)
                pending.Number.TrySetException(e);
        }
    }

    private static NpgsqlParameter<T[]> Column<T>(NpgsqlDbType element, IEnumerable<T> values) =>
        new() { TypedValue = values.ToArray(), NpgsqlDbType = NpgsqlDbType.Array | element };

    private sealed record Pending(AuditEntry Entry, TaskCompletionSource<long> Number);
}

/// <summary>A row of the audit log.</summary>
/// <param name="About">Of an outcome: the number of the row that was written before the action.</param>
/// <param name="Who">The owner of the key.</param>
/// <param name="Outcome"><c>begun</c> (written before the action), <c>done</c>, <c>failed</c>, <c>unknown</c> or <c>refused</c>.</param>
internal sealed record AuditRow(
    long Number, DateTimeOffset At, long? About, string Who, string KeyId, string Role, string Action, string Target, string Outcome, string Detail);
