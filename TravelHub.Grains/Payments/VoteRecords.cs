using System.Collections.Immutable;
using System.Threading.Channels;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Npgsql;
using NpgsqlTypes;
using TravelHub.Grains.Abstractions.Payments;

namespace TravelHub.Grains.Payments;

/// <summary>
/// Puts on record who voted what, in batches beside the votes. It is evidence and not money: a silo that dies takes the last moment's with it, and when
/// the database is away for long the newest are not kept.
/// </summary>
internal sealed class VoteRecords(NpgsqlDataSource database, IOptions<PaymentOptions> options, TimeProvider time, ILogger<VoteRecords> logger)
    : BackgroundService
{
    private const int MostWaiting = 100_000;
    private const int MostAtOnce = 5_000;

    private static readonly TimeSpan Gathering = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan ForgetPeriod = TimeSpan.FromHours(1);

    private const string VotesSql =
        "COPY vote_records (reservation, attempt, voted_at, replica_group, currency, amount_minor, decision, input_hash, amounts_minor, decisions, seen, after_ms) FROM STDIN (FORMAT binary)";

    private const string OfSql = """
        SELECT attempt, voted_at, replica_group, currency, amount_minor, decision, amounts_minor, decisions, seen, after_ms
        FROM vote_records WHERE reservation = $1 ORDER BY voted_at
        """;

    private const string FindingSql =
        "INSERT INTO replica_findings (replica_group, replica, found_at, what, why) VALUES ($1, $2, $3, $4, $5)";

    // A page at a time: all that has become old in a long pause takes longer than a statement may.
    private const string ForgetSql = """
        DELETE FROM vote_records WHERE ctid = ANY (ARRAY(SELECT ctid FROM vote_records WHERE voted_at < $1 LIMIT 10000))
        """;

    private readonly Channel<object> _waiting = Channel.CreateBounded<object>(
        new BoundedChannelOptions(MostWaiting) { FullMode = BoundedChannelFullMode.DropWrite, SingleReader = true });

    private DateTimeOffset _forgetAt;

    public void Add(VoteRecord vote) => _waiting.Writer.TryWrite(vote);

    public void Add(ReplicaFinding finding) => _waiting.Writer.TryWrite(finding);

    /// <summary>All votes on a reservation that are on record, in the order of time.</summary>
    public async Task<ImmutableArray<VoteView>> Of(Guid reservation)
    {
        await using var command = database.CreateCommand(OfSql);
        command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = reservation });
        var votes = ImmutableArray.CreateBuilder<VoteView>();
        await using var rows = await command.ExecuteReaderAsync();
        while (await rows.ReadAsync())
        {
            var (amounts, decisions, seen, after) =
                (rows.GetFieldValue<long?[]>(6), rows.GetFieldValue<string?[]>(7), rows.GetFieldValue<string?[]>(8), rows.GetFieldValue<double[]>(9));
            votes.Add(new VoteView(
                rows.GetInt32(0), rows.GetFieldValue<DateTimeOffset>(1), rows.GetInt32(2), rows.GetString(3),
                rows.IsDBNull(4) ? null : rows.GetInt64(4), rows.IsDBNull(5) ? null : rows.GetString(5),
                [.. amounts.Select((amount, i) => new ReplicaVoteView(i + 1, amount, decisions[i], seen[i], after[i]))]));
        }

        return votes.ToImmutable();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (await _waiting.Reader.WaitToReadAsync(stoppingToken))
        {
            await Task.Delay(Gathering, time, stoppingToken);
            var some = new List<object>();
            while (some.Count < MostAtOnce && _waiting.Reader.TryRead(out var one))
                some.Add(one);
            while (!await TryWrite(some, stoppingToken))
                await Task.Delay(Pause, time, stoppingToken);
            await ForgetOld(stoppingToken);
        }
    }

    private async Task<bool> TryWrite(List<object> some, CancellationToken cancellationToken)
    {
        try
        {
            await using var connection = await database.OpenConnectionAsync(cancellationToken);
            await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
            await WriteVotes(connection, some.OfType<VoteRecord>(), cancellationToken);
            foreach (var finding in some.OfType<ReplicaFinding>())
                await WriteFinding(connection, finding, cancellationToken);
            await transaction.CommitAsync(cancellationToken);
            return true;
        }
        catch (Exception e) when (!cancellationToken.IsCancellationRequested)   // evidence never stops a silo
        {
            logger.LogWarning("{Count} votes could not be put on record; they are tried again: {Error}", some.Count, e.Message);
            return false;
        }
    }

    private static async Task WriteVotes(NpgsqlConnection connection, IEnumerable<VoteRecord> votes, CancellationToken cancellationToken)
    {
        await using var rows = await connection.BeginBinaryImportAsync(VotesSql, cancellationToken);
        foreach (var vote in votes)
        {
            await rows.StartRowAsync(cancellationToken);
            await rows.WriteAsync(vote.Reservation, NpgsqlDbType.Uuid, cancellationToken);
            await rows.WriteAsync(vote.Attempt, NpgsqlDbType.Integer, cancellationToken);
            await rows.WriteAsync(vote.At, NpgsqlDbType.TimestampTz, cancellationToken);
            await rows.WriteAsync((int)vote.Group, NpgsqlDbType.Integer, cancellationToken);
            await rows.WriteAsync(vote.Currency, NpgsqlDbType.Text, cancellationToken);
            await rows.WriteAsync(vote.Decided?.AmountMinor, NpgsqlDbType.Bigint, cancellationToken);
            await rows.WriteAsync(vote.Decided?.Decision.ToString(), NpgsqlDbType.Text, cancellationToken);
            await rows.WriteAsync(vote.InputHash, NpgsqlDbType.Text, cancellationToken);
            await rows.WriteAsync(vote.AmountsMinor, NpgsqlDbType.Array | NpgsqlDbType.Bigint, cancellationToken);
            await rows.WriteAsync(vote.Decisions, NpgsqlDbType.Array | NpgsqlDbType.Text, cancellationToken);
            await rows.WriteAsync(vote.Seen, NpgsqlDbType.Array | NpgsqlDbType.Text, cancellationToken);
            await rows.WriteAsync(vote.AfterMilliseconds, NpgsqlDbType.Array | NpgsqlDbType.Double, cancellationToken);
        }

        await rows.CompleteAsync(cancellationToken);
    }

    private static async Task WriteFinding(NpgsqlConnection connection, ReplicaFinding finding, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(FindingSql, connection);
        command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = (int)finding.Group });
        command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = finding.Number });
        command.Parameters.Add(new NpgsqlParameter<DateTimeOffset> { TypedValue = finding.At, NpgsqlDbType = NpgsqlDbType.TimestampTz });
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = finding.What });
        command.Parameters.Add(new NpgsqlParameter<string?> { TypedValue = finding.Why });
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    private async Task ForgetOld(CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        if (now < _forgetAt)
            return;
        _forgetAt = now + ForgetPeriod;
        try
        {
            await using var command = database.CreateCommand(ForgetSql);
            command.Parameters.Add(new NpgsqlParameter<DateTimeOffset> { TypedValue = now - options.Value.VotesKept, NpgsqlDbType = NpgsqlDbType.TimestampTz });
            while (await command.ExecuteNonQueryAsync(cancellationToken) > 0)
            {
                // Until none is left.
            }
        }
        catch (Exception e) when (!cancellationToken.IsCancellationRequested)
        {
            logger.LogWarning("Old votes could not be deleted; it is tried again: {Error}", e.Message);
        }
    }
}
