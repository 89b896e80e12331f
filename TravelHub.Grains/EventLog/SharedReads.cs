using Microsoft.Extensions.Options;
using Npgsql;
using NpgsqlTypes;

namespace TravelHub.Grains.EventLog;

/// <summary>
/// Reads how streams begin, for all grains of a silo: what is asked for while a question is under way, or shortly after one, goes together into the
/// next. Nearly every booking asks for a stream that is empty, and a question of its own cost it more than the answer.
/// </summary>
internal sealed class SharedReads(NpgsqlDataSource database, IOptions<EventLogOptions> options, TimeProvider time)
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

    private readonly Lock _lock = new();
    private List<Question> _waiting = [];
    private bool _isReading;
    private long? _askedAt;

    /// <summary>The first events after a version, <see cref="MostEvents"/> at most.</summary>
    public Task<List<StoredEvent>> Read(string stream, long afterVersion)
    {
        var question = new Question(stream, afterVersion);
        lock (_lock)
        {
            _waiting.Add(question);
            if (_isReading)
                return question.Answered;
            _isReading = true;
        }

        using (ExecutionContext.SuppressFlow())   // it reads for others too
            _ = Task.Run(ReadWhileAnyWait);
        return question.Answered;
    }

    private async Task ReadWhileAnyWait()
    {
        while (IsAnyWaiting())
        {
            if (_askedAt is { } before && options.Value.QuestionsApart - time.GetElapsedTime(before) is var pause && pause > TimeSpan.Zero)
                await Task.Delay(pause, time);
            List<Question> questions;
            lock (_lock)
                (questions, _waiting) = (_waiting, []);
            _askedAt = time.GetTimestamp();
            foreach (var some in questions.Chunk(MostStreams))
                await Answer(some);
        }
    }

    private bool IsAnyWaiting()
    {
        lock (_lock)
            return _isReading = _waiting.Count > 0;
    }

    private async Task Answer(Question[] questions)
    {
        try
        {
            await Ask(questions);
            foreach (var question in questions)
                question.Answer();
        }
        catch (PostgresException) when (questions.Length > 1)
        {
            foreach (var question in questions)
                await Answer([question]);   // one of them is bad: its neighbours must not suffer
        }
        catch (Exception e)
        {
            foreach (var question in questions)
                question.Fail(e);
        }
    }

    private async Task Ask(Question[] questions)
    {
        foreach (var question in questions)
            question.Events.Clear();
        await using var command = database.CreateCommand(Sql);
        command.Parameters.Add(new NpgsqlParameter<string[]>
        {
            TypedValue = Array.ConvertAll(questions, q => q.Stream), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Text,
        });
        command.Parameters.Add(new NpgsqlParameter<long[]>
        {
            TypedValue = Array.ConvertAll(questions, q => q.AfterVersion), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Bigint,
        });
        await using var rows = await command.ExecuteReaderAsync();
        while (await rows.ReadAsync())
            questions[rows.GetInt64(0) - 1].Events.Add(new StoredEvent(rows.GetInt64(1), rows.GetString(2), rows.GetString(3), rows.GetFieldValue<DateTimeOffset>(4)));
    }

    private sealed class Question(string stream, long afterVersion)
    {
        private readonly TaskCompletionSource<List<StoredEvent>> _answer = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public string Stream => stream;
        public long AfterVersion => afterVersion;
        public List<StoredEvent> Events { get; } = [];
        public Task<List<StoredEvent>> Answered => _answer.Task;

        public void Answer() => _answer.SetResult(Events);

        public void Fail(Exception why) => _answer.SetException(why);
    }
}

/// <summary>An event's row; what it says is read by who asked for it.</summary>
internal readonly record struct StoredEvent(long Version, string Type, string Payload, DateTimeOffset RecordedAt)
{
    /// <exception cref="InvalidOperationException">This version does not know the type.</exception>
    public LoggedEvent Read() => new(Version, Type, EventTypes.Read(Type, Payload), RecordedAt);
}
