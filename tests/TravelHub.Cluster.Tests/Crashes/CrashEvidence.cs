using Npgsql;
using TravelHub.Testing;

namespace TravelHub.Cluster.Tests.Crashes;

/// <summary>What the log, the owner's list and the provider's store say of a row's reservation. Nobody is asked who could remember wrongly.</summary>
/// <param name="Events">Types of the reservation's events, in order.</param>
/// <param name="ConfirmedMinor">Totals of its Confirmed events.</param>
/// <param name="PaidMinor">Amounts of its Paid events.</param>
/// <param name="RefundedMinor">Amounts of its Refunded events.</param>
/// <param name="Holds">For each stay with a hold, the types of what happened to it.</param>
/// <param name="List">The row of the owner's list; null when there is none.</param>
/// <param name="Overtaken">Nights of the property, at a moment of its streams, with more rooms taken than there are or fewer than none.</param>
/// <param name="Left">Rooms of type STD and SUP that are left on the fullest night, by the events.</param>
/// <param name="BrokenLinks">Events whose hash or version does not follow, and heads that are not at their last event.</param>
/// <param name="UntoldDecisions">Decisions behind the resync's cursor.</param>
internal sealed record CrashEvidence(
    IReadOnlyList<string> Events, IReadOnlyList<long> ConfirmedMinor, IReadOnlyList<long> PaidMinor, IReadOnlyList<long> RefundedMinor,
    IReadOnlyDictionary<int, IReadOnlyList<string>> Holds, OwnRow? List, long Overtaken, int[] Left, long BrokenLinks, long UntoldDecisions,
    IReadOnlyList<(string Status, long AmountMinor)> Charges, long GivenBackMinor)
{
    private const string EventsSql = """
        SELECT type, coalesce(payload::jsonb #>> '{total,amountMinor}', payload::jsonb #>> '{amount,amountMinor}', '0')::bigint
        FROM reservation_events WHERE stream = @stream ORDER BY version
        """;

    private const string HoldsSql = """
        SELECT (payload::jsonb #>> '{hold,stay}')::int, type FROM reservation_events
        WHERE starts_with(stream, @inventories) AND payload::jsonb #>> '{hold,reservation}' = @id ORDER BY stream, version
        """;

    private const string ListSql = "SELECT owner, status, version, wake_at IS NULL, view::jsonb ->> 'status' FROM reservations WHERE id = @id::uuid";

    // A hold takes its rooms on each of its nights, and a release gives back what its hold took. All holds here are for the same nights.
    private const string StockSql = """
        WITH changes AS (
            SELECT e.stream, e.version, CASE e.type WHEN 'inventory.held.v1' THEN 1 WHEN 'inventory.released.v1' THEN -1 ELSE 0 END AS taken,
                CASE e.type WHEN 'inventory.capacity-set.v1' THEN (e.payload::jsonb ->> 'rooms')::int END AS rooms
            FROM reservation_events e WHERE starts_with(stream, @inventories)
        ), moments AS (
            SELECT stream, version, sum(taken) OVER so_far AS taken, max(rooms) OVER so_far AS rooms
            FROM changes WINDOW so_far AS (PARTITION BY stream ORDER BY version)
        )
        SELECT (SELECT count(*) FROM moments WHERE taken < 0 OR taken > rooms), array_agg(coalesce(left_over, 0) ORDER BY room_type)
        FROM unnest(ARRAY['STD', 'SUP']) AS room_type
        LEFT JOIN LATERAL (
            SELECT (rooms - taken)::int AS left_over FROM moments WHERE stream = @inventories || room_type ORDER BY version DESC LIMIT 1
        ) AS last ON true
        """;

    private const string LinksSql = """
        SELECT (
            SELECT count(*) FROM (
                SELECT hash, version, event_chain(stream_seed(stream), version, type, payload) OVER so_far AS expected, row_number() OVER so_far AS place
                FROM reservation_events WHERE stream = @stream OR starts_with(stream, @inventories)
                WINDOW so_far AS (PARTITION BY stream ORDER BY version)
            ) AS links WHERE hash <> expected OR version <> place
        ) + (
            SELECT count(*) FROM stream_heads h
            LEFT JOIN LATERAL (SELECT version, hash FROM reservation_events e WHERE e.stream = h.stream ORDER BY version DESC LIMIT 1) AS last ON true
            WHERE (stream = @stream OR starts_with(stream, @inventories)) AND (last.version, last.hash) IS DISTINCT FROM (h.version, h.hash)
        )
        """;

    private const string UntoldSql = """
        SELECT count(*) FROM reservation_events e
        WHERE stream = @stream AND type IN ('reservation.cancelled.v1', 'reservation.lapsed.v1', 'reservation.sold-out.v1')
            AND NOT EXISTS (SELECT FROM log_cursors c WHERE reader = 'inventory' AND (c.transaction, c.position) >= (e.transaction, e.position))
        """;

    public static async Task<CrashEvidence> Read(NpgsqlDataSource database, PaymentSandboxFixture provider, CrashCase played)
    {
        var events = await All(database, played, EventsSql, row => (Type: row.GetString(0), Minor: row.GetInt64(1)));
        var holds = await All(database, played, HoldsSql, row => (Stay: row.GetInt32(0), Type: row.GetString(1)));
        var list = await All(database, played, ListSql, row => new OwnRow(row.GetString(0), row.GetString(1), row.GetInt64(2), row.GetBoolean(3), row.GetString(4)));
        var stock = await All(database, played, StockSql, row => (Overtaken: row.GetInt64(0), Left: row.GetFieldValue<int[]>(1)));
        var links = await All(database, played, LinksSql, row => row.GetInt64(0));
        var untold = await All(database, played, UntoldSql, row => row.GetInt64(0));
        return new CrashEvidence(
            [.. events.Select(e => e.Type)], Of("reservation.confirmed.v1"), Of("reservation.paid.v1"), Of("reservation.refunded.v1"),
            holds.GroupBy(h => h.Stay).ToDictionary(h => h.Key, IReadOnlyList<string> (h) => [.. h.Select(one => one.Type)]),
            list.SingleOrDefault(), stock[0].Overtaken, stock[0].Left, links[0], untold[0],
            await provider.Charges(played.Reservation), await provider.RefundedMinor(played.Reservation));

        IReadOnlyList<long> Of(string type) => [.. events.Where(e => e.Type == type).Select(e => e.Minor)];
    }

    /// <summary>When the row's holds end, and null before there is one.</summary>
    public static async Task<DateTimeOffset?> HoldsEnd(NpgsqlDataSource database, CrashCase played) =>
        (await All(
            database, played,
            """
            SELECT max(coalesce(payload::jsonb ->> 'holdUntil', payload::jsonb ->> 'until')::timestamptz) FROM reservation_events
            WHERE stream = @stream OR starts_with(stream, @inventories)
            """,
            row => row.IsDBNull(0) ? null : (DateTimeOffset?)row.GetFieldValue<DateTimeOffset>(0)))[0];

    private static async Task<IReadOnlyList<T>> All<T>(NpgsqlDataSource database, CrashCase played, string sql, Func<NpgsqlDataReader, T> read)
    {
        await using var command = database.CreateCommand(sql);
        command.Parameters.AddWithValue("stream", played.Stream);
        command.Parameters.AddWithValue("inventories", played.InventoryStreams);
        command.Parameters.AddWithValue("id", played.Reservation.ToString("D"));
        await using var rows = await command.ExecuteReaderAsync();
        var all = new List<T>();
        while (await rows.ReadAsync())
            all.Add(read(rows));
        return all;
    }
}

/// <summary>A reservation in its owner's list.</summary>
/// <param name="HasEnded">Whether recovery leaves it alone.</param>
/// <param name="Shown">The status in the view that the owner gets.</param>
internal sealed record OwnRow(string Owner, string Status, long Version, bool HasEnded, string Shown);
