using TravelHub.Client.Tests.Postgres;

namespace TravelHub.Client.Tests.Backup;

/// <summary>
/// Five events of two streams, as a server wrote them that was far ahead of this one; the order of their transactions is not that of their
/// positions. And a row of each table that a restore treats in its own way.
/// </summary>
internal static class SampleLog
{
    /// <summary>The order in which readers see the events.</summary>
    public const string ReadOrder = "b/1 a/1 a/2 a/3 b/2";

    private const string Sql = """
        INSERT INTO reservation_events (stream, version, type, payload, append_id, recorded_at, hash, transaction) VALUES
            ('a', 1, 't.v1', '{"ä": 1}', gen_random_uuid(), now(), '', '9000000001'),
            ('b', 1, 't.v1', '{"b": 1}', gen_random_uuid(), now(), '', '9000000000'),
            ('a', 2, 't.v1', '{"a": 2}', gen_random_uuid(), now(), '', '9000000001'),
            ('b', 2, 't.v1', '{"b": 2}', gen_random_uuid(), now(), '', '9000000003'),
            ('a', 3, 't.v1', '{"a": 3}', gen_random_uuid(), now(), '', '9000000002');
        UPDATE reservation_events e SET hash = chained.hash
        FROM (
            SELECT stream, version, event_chain(stream_seed(stream), version, type, payload) OVER (PARTITION BY stream ORDER BY version) AS hash
            FROM reservation_events
        ) AS chained
        WHERE chained.stream = e.stream AND chained.version = e.version;
        INSERT INTO stream_heads (stream, version, previous, hash)
        SELECT DISTINCT ON (stream) stream, version, version - 1, hash FROM reservation_events ORDER BY stream, version DESC;
        INSERT INTO guests VALUES (gen_random_uuid(), 'Ada', 'ada@example.com');
        INSERT INTO snapshots VALUES ('a', 3, 1, '{}');
        INSERT INTO log_cursors SELECT 'r', epoch, '9000000002', 5 FROM log_epoch;
        INSERT INTO orleansreminderstable VALUES ('travelhub', 'g', 'resync', now(), 60000, 1, 1);
        INSERT INTO orleansmembershipversiontable (deploymentid) VALUES ('old');
        INSERT INTO orleansmembershiptable (deploymentid, address, port, generation, siloname, hostname, status, starttime, iamalivetime)
        VALUES ('old', '127.0.0.1', 1, 1, 'silo-1', 'h', 3, now(), now());
        """;

    public static Task Write(string database) => Query.Scalar(database, Sql);

    /// <summary>What of the events must survive, with all their bytes.</summary>
    public static async Task<string> Events(string database) => (string)(await Query.Scalar(
        database, "SELECT string_agg(concat_ws('|', stream, version, type, payload, append_id, recorded_at, hash), ' ' ORDER BY stream, version) FROM reservation_events"))!;

    /// <summary>The events in the order of readers.</summary>
    public static async Task<string> Order(string database) => (string)(await Query.Scalar(
        database, "SELECT string_agg(stream || '/' || version, ' ' ORDER BY transaction, position) FROM reservation_events"))!;

    public static Task<object?> Epoch(string database) => Query.Scalar(database, "SELECT epoch FROM log_epoch");
}
