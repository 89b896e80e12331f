using Npgsql;
using NpgsqlTypes;
using TravelHub.Grains.EventLog;

namespace TravelHub.Grains.Analytics;

/// <summary>How far the figures are.</summary>
/// <param name="Epoch">Of the log that was read; null before anything was.</param>
internal sealed record AnalyticsPlace(Guid? Epoch, LogCursor Cursor, long Events, DateTimeOffset? AsOf);

/// <summary>
/// Reads and writes figures. Each write moves the progress from where its writer found it in the same transaction, or does nothing: so no
/// event is counted twice, whatever dies and whoever else writes.
/// </summary>
internal sealed class AnalyticsStore(NpgsqlDataSource figures)
{
    private const string PlaceSql = "SELECT epoch, transaction, position, events, as_of FROM progress";

    private const string StaysSql = """
        SELECT reservation, stay, property, currency, check_in, rooms, nightly_minor, booked_on, status FROM stays
        WHERE reservation = ANY ($1) ORDER BY reservation, stay
        """;

    private const string MoveSql = """
        UPDATE progress SET transaction = $1, position = $2, events = events + $3, as_of = $4
        WHERE epoch = $5 AND transaction = $6 AND position = $7
        """;

    // First the progress: whoever writes at the same time waits there, before he has touched anything.
    private const string ResetSql = "UPDATE progress SET epoch = $1, transaction = '0', position = 0, events = 0, as_of = NULL";

    // A deletion of millions of rows would hold back the log's readers all the while.
    private const string EmptySql = "TRUNCATE stays, booking_days, night_days, capacities";

    public async Task<AnalyticsPlace> Place(CancellationToken cancellationToken)
    {
        await using var command = figures.CreateCommand(PlaceSql);
        await using var rows = await command.ExecuteReaderAsync(cancellationToken);
        await rows.ReadAsync(cancellationToken);
        return new AnalyticsPlace(
            rows.IsDBNull(0) ? null : rows.GetGuid(0), new LogCursor(rows.GetFieldValue<ulong>(1), rows.GetInt64(2)), rows.GetInt64(3),
            rows.IsDBNull(4) ? null : rows.GetFieldValue<DateTimeOffset>(4));
    }

    /// <summary>Begins anew: no figures, and the log is read from its beginning. What is known of properties stays.</summary>
    public async Task Reset(Guid epoch, CancellationToken cancellationToken)
    {
        await using var connection = await figures.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await using var reset = new NpgsqlCommand(ResetSql, connection) { Parameters = { new() { Value = epoch } } };
        await reset.ExecuteNonQueryAsync(cancellationToken);
        await using var empty = new NpgsqlCommand(EmptySql, connection);
        await empty.ExecuteNonQueryAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
    }

    /// <summary>The stays of these reservations that are known.</summary>
    public async Task<IReadOnlyList<StayFacts>> Stays(Guid[] reservations, CancellationToken cancellationToken)
    {
        var stays = new List<StayFacts>();
        if (reservations.Length == 0)
            return stays;
        await using var command = figures.CreateCommand(StaysSql);
        command.Parameters.Add(new NpgsqlParameter<Guid[]> { TypedValue = reservations });
        await using var rows = await command.ExecuteReaderAsync(cancellationToken);
        while (await rows.ReadAsync(cancellationToken))
        {
            stays.Add(new StayFacts(
                rows.GetGuid(0), rows.GetInt32(1), rows.GetString(2), rows.GetString(3), rows.GetFieldValue<DateOnly>(4), rows.GetInt32(5),
                [.. rows.GetFieldValue<long[]>(6)], rows.GetFieldValue<DateOnly>(7), (StayFate)rows.GetInt16(8)));
        }

        return stays;
    }

    /// <summary>Writes a page's changes and moves from one place to the next, in one transaction.</summary>
    /// <returns>False when somebody else has moved meanwhile; nothing was written.</returns>
    public async Task<bool> Write(
        AnalyticsPlace from, LogCursor next, int events, DateTimeOffset asOf, AnalyticsChanges changes, CancellationToken cancellationToken)
    {
        await using var connection = await figures.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await using var move = new NpgsqlCommand(MoveSql, connection)
        {
            Parameters =
            {
                Xid(next.Transaction), new() { Value = next.Position }, new() { Value = (long)events }, new() { Value = asOf },
                new() { Value = from.Epoch!.Value }, Xid(from.Cursor.Transaction), new() { Value = from.Cursor.Position },
            },
        };
        if (await move.ExecuteNonQueryAsync(cancellationToken) == 0)
            return false;
        await using var batch = new NpgsqlBatch(connection);
        foreach (var command in AnalyticsWrites.Of(changes))
            batch.BatchCommands.Add(command);
        if (batch.BatchCommands.Count > 0)
            await batch.ExecuteNonQueryAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return true;
    }

    /// <summary>Properties whose place nobody was asked about for so long, those first that nobody was ever asked about.</summary>
    public async Task<IReadOnlyList<string>> Unplaced(TimeSpan heldFor, int most, CancellationToken cancellationToken)
    {
        await using var command = figures.CreateCommand("SELECT property FROM properties WHERE asked_at < clock_timestamp() - $1 ORDER BY asked_at LIMIT $2");
        command.Parameters.Add(new NpgsqlParameter<TimeSpan> { TypedValue = heldFor });
        command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = most });
        await using var rows = await command.ExecuteReaderAsync(cancellationToken);
        var properties = new List<string>();
        while (await rows.ReadAsync(cancellationToken))
            properties.Add(rows.GetString(0));
        return properties;
    }

    /// <summary>The catalogue has said where these are.</summary>
    public async Task Place(IReadOnlyList<(string Property, string Destination)> answers, CancellationToken cancellationToken)
    {
        await using var command = figures.CreateCommand("""
            UPDATE properties p SET destination = a.destination, asked_at = clock_timestamp()
            FROM unnest($1, $2) AS a (property, destination) WHERE a.property = p.property
            """);
        command.Parameters.Add(new NpgsqlParameter<string[]> { TypedValue = [.. answers.Select(a => a.Property)] });
        command.Parameters.Add(new NpgsqlParameter<string[]> { TypedValue = [.. answers.Select(a => a.Destination)] });
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    private static NpgsqlParameter<ulong> Xid(ulong value) => new() { TypedValue = value, NpgsqlDbType = NpgsqlDbType.Xid8 };
}
