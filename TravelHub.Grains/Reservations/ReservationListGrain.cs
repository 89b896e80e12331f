using System.Collections.Immutable;
using System.Text.Json;
using Npgsql;
using NpgsqlTypes;
using Orleans.Concurrency;
using TravelHub.Grains.Abstractions.Reservations;
using TravelHub.Grains.EventLog;

namespace TravelHub.Grains.Reservations;

/// <summary>Reads the rows that were written with the events.</summary>
[StatelessWorker]
internal sealed class ReservationListGrain(NpgsqlDataSource database) : Grain, IReservationListGrain
{
    // One comparison, also for the first page: with an OR the index finds the owner alone, and each page reads all that came before it.
    internal const string PageSql = """
        SELECT view FROM reservations WHERE owner = $1 AND (created_at, id) < (coalesce($2, 'infinity'), $3)
        ORDER BY created_at DESC, id DESC LIMIT $4
        """;

    // Few are unfinished at any time, and an index leads to them.
    private const string DisputedSql = """
        SELECT view FROM reservations WHERE wake_at IS NOT NULL AND view::jsonb->>'reason' = $1 AND status = 'pending' ORDER BY created_at LIMIT 200
        """;

    // Backwards along the readers' index, and never far: a long run of other events, as when a catalogue is put in, ends the look early.
    private const string NewsSql = """
        SELECT stream, version, type, recorded_at
        FROM (SELECT stream, version, type, recorded_at, transaction, position FROM reservation_events ORDER BY transaction DESC, position DESC LIMIT 1000) AS newest
        WHERE starts_with(stream, $1) ORDER BY transaction DESC, position DESC LIMIT $2
        """;

    public async Task<ImmutableArray<ReservationView>> Disputed()
    {
        await using var command = database.CreateCommand(DisputedSql);
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = ReservationState.NoMajority });
        return await Views(command);
    }

    public async Task<ImmutableArray<ReservationView>> List(string owner, ReservationCursor? after, int limit)
    {
        await using var command = database.CreateCommand(PageSql);
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = owner });
        command.Parameters.Add(new NpgsqlParameter<DateTimeOffset?> { TypedValue = after?.CreatedAt, NpgsqlDbType = NpgsqlDbType.TimestampTz });
        command.Parameters.Add(new NpgsqlParameter<Guid?> { TypedValue = after?.Id, NpgsqlDbType = NpgsqlDbType.Uuid });
        command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = limit });
        return await Views(command);
    }

    public async Task<ImmutableArray<ReservationNews>> News(int limit)
    {
        await using var command = database.CreateCommand(NewsSql);
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = ReservationStreams.Prefix });
        command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = limit });
        var news = ImmutableArray.CreateBuilder<ReservationNews>();
        await using var rows = await command.ExecuteReaderAsync();
        while (await rows.ReadAsync())
            news.Add(new ReservationNews(ReservationStreams.Id(rows.GetString(0)), rows.GetInt64(1), rows.GetString(2), rows.GetFieldValue<DateTimeOffset>(3)));
        return news.ToImmutable();
    }

    private static async Task<ImmutableArray<ReservationView>> Views(NpgsqlCommand command)
    {
        var page = ImmutableArray.CreateBuilder<ReservationView>();
        await using var rows = await command.ExecuteReaderAsync();
        while (await rows.ReadAsync())
            page.Add(JsonSerializer.Deserialize(rows.GetString(0), EventJson.Default.ReservationView)!);
        return page.ToImmutable();
    }
}
