using Microsoft.Extensions.Options;
using Npgsql;
using NpgsqlTypes;

namespace TravelHub.Grains.EventLog;

/// <summary>
/// Reads how streams begin, for all grains of a silo at once. Nearly every booking asks for a stream that is empty, and a question of its own cost it more
/// than the answer.
/// </summary>
internal sealed class SharedReads
{
    /// <summary>Events of a stream that one question brings at most; who needs more reads on alone.</summary>
    public const int MostEvents = 64;

    private const int MostStreams = 256;

    // Each stream is looked up by itself, whatever the planner believes of the table: the limit, MostEvents, keeps it from being made one join.
    private const string Sql = """
        SELECT r.place, e.version, e.type, e.payload, e.recorded_at
        FROM unnest($1, $2) WITH ORDINALITY AS r (stream, after, place)
        CROSS JOIN LATERAL (
            SELECT version, type, payload, recorded_at FROM reservation_events WHERE stream = r.stream AND version > r.after ORDER BY version LIMIT 64
        ) AS e
        ORDER BY r.place, e.version
        """;

    private readonly NpgsqlDataSource _database;
    private readonly SharedQuestions<(string Stream, long After), List<StoredEvent>> _questions;

    public SharedReads(NpgsqlDataSource database, IOptions<EventLogOptions> options, TimeProvider time) =>
        (_database, _questions) = (database, new(Ask, MostStreams, options.Value.QuestionsApart, time));

    /// <summary>The first events after a version, <see cref="MostEvents"/> at most.</summary>
    public Task<List<StoredEvent>> Read(string stream, long afterVersion) => _questions.Ask((stream, afterVersion));

    private async Task<IReadOnlyList<List<StoredEvent>>> Ask(IReadOnlyList<(string Stream, long After)> questions)
    {
        await using var command = _database.CreateCommand(Sql);
        command.Parameters.Add(new NpgsqlParameter<string[]>
        {
            TypedValue = [.. questions.Select(q => q.Stream)], NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Text,
        });
        command.Parameters.Add(new NpgsqlParameter<long[]>
        {
            TypedValue = [.. questions.Select(q => q.After)], NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Bigint,
        });
        List<StoredEvent>[] answers = [.. questions.Select(_ => new List<StoredEvent>())];
        await using var rows = await command.ExecuteReaderAsync();
        while (await rows.ReadAsync())
            answers[rows.GetInt64(0) - 1].Add(new StoredEvent(rows.GetInt64(1), rows.GetString(2), rows.GetString(3), rows.GetFieldValue<DateTimeOffset>(4)));
        return answers;
    }
}

/// <summary>An event's row; what it says is read by who asked for it.</summary>
internal readonly record struct StoredEvent(long Version, string Type, string Payload, DateTimeOffset RecordedAt)
{
    /// <exception cref="InvalidOperationException">This version does not know the type.</exception>
    public LoggedEvent Read() => new(Version, Type, EventTypes.Read(Type, Payload), RecordedAt);
}
