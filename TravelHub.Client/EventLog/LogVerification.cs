using System.Data;
using Npgsql;

namespace TravelHub.Client.EventLog;

/// <summary>Reads the whole log once, in the order of its streams, and checks every link. Keeps one event in memory.</summary>
internal sealed class LogVerification(NpgsqlDataSource database, TimeProvider time)
{
    private const int FindingsKept = 10;
    private const int ReportEvery = 100_000;

    // Whether the server follows its indexes or sorts on its disk, the rows come one by one.
    private const string EventsSql = """
        SELECT e.stream, e.version, e.type, convert_to(e.payload, 'UTF8'), e.hash, h.version, h.hash
        FROM reservation_events e LEFT JOIN stream_heads h ON h.stream = e.stream
        ORDER BY e.stream, e.version
        """;

    private const string EmptyHeadsSql = """
        SELECT h.stream, h.version FROM stream_heads h
        WHERE NOT EXISTS (SELECT FROM reservation_events e WHERE e.stream = h.stream) ORDER BY h.stream
        """;

    private readonly List<BrokenLink> _first = [];
    private long _streams;
    private long _events;
    private long _broken;

    /// <param name="progress">Told from time to time how many events were read.</param>
    public async Task<VerifyReport> Run(Action<long> progress, CancellationToken cancellationToken)
    {
        var began = time.GetTimestamp();
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        // One snapshot: what is appended meanwhile is not seen, in neither table. It has no transaction id and holds back no reader of the log.
        await using var snapshot = await connection.BeginTransactionAsync(IsolationLevel.RepeatableRead, cancellationToken);
        await CheckEvents(connection, progress, cancellationToken);
        await CheckEmptyHeads(connection, cancellationToken);
        return new VerifyReport(_streams, _events, time.GetElapsedTime(began).TotalSeconds, _broken, _first);
    }

    private async Task CheckEvents(NpgsqlConnection connection, Action<long> progress, CancellationToken cancellationToken)
    {
        await using var command = Command(connection, EventsSql);
        // The rows are taken off the connection one by one, and the server sends no faster.
        await using var rows = await command.ExecuteReaderAsync(cancellationToken);
        StreamEnd? end = null;
        while (await rows.ReadAsync(cancellationToken))
        {
            var stream = rows.GetString(0);
            if (end?.Stream != stream)
            {
                CheckHead(end);
                end = new StreamEnd(stream, 0, EventHash.Seed(stream), rows.IsDBNull(5) ? null : rows.GetInt64(5), rows[6] as byte[]);
                _streams++;
            }

            var version = rows.GetInt64(1);
            var stored = rows.GetFieldValue<byte[]>(4);
            if (version != end.Version + 1)
                Found(stream, version, end.Version == 0 ? "the stream does not begin with version 1" : $"version {end.Version + 1} is missing");
            else if (!EventHash.Of(end.Hash, version, rows.GetString(2), rows.GetFieldValue<byte[]>(3)).AsSpan().SequenceEqual(stored))
                Found(stream, version, "its hash does not follow from the event before it and its own content");
            // It goes on from what is stored: one changed event is one finding, not as many as follow it.
            end = end with { Version = version, Hash = stored };
            if (++_events % ReportEvery == 0)
                progress(_events);
        }

        CheckHead(end);
    }

    private async Task CheckEmptyHeads(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        await using var command = Command(connection, EmptyHeadsSql);
        await using var rows = await command.ExecuteReaderAsync(cancellationToken);
        while (await rows.ReadAsync(cancellationToken))
            Found(rows.GetString(0), rows.GetInt64(1), "the head stands, but the stream has no events");
    }

    private void CheckHead(StreamEnd? end)
    {
        if (end is null)
            return;
        if (end.HeadVersion is null)
            Found(end.Stream, end.Version, "the stream has no head");
        else if (end.HeadVersion != end.Version)
            Found(end.Stream, end.Version, $"the stream ends here, but its head is at version {end.HeadVersion}");
        else if (!end.Hash.AsSpan().SequenceEqual(end.HeadHash))
            Found(end.Stream, end.Version, "the head has another hash than the last event");
    }

    private void Found(string stream, long version, string why)
    {
        _broken++;
        if (_first.Count < FindingsKept)
            _first.Add(new BrokenLink(stream, version, why));
    }

    private static NpgsqlCommand Command(NpgsqlConnection connection, string sql) => new(sql, connection) { CommandTimeout = 0 };

    private sealed record StreamEnd(string Stream, long Version, byte[] Hash, long? HeadVersion, byte[]? HeadHash);
}
