using Npgsql;

namespace TravelHub.Lab.Detectors;

/// <summary>What the detectors put on record, read from the database itself: it answers when the gateway is what is dead.</summary>
internal sealed class DetectionStore(NpgsqlDataSource database)
{
    /// <summary>What each detector believes of each component, as the newest row says.</summary>
    public async Task<IReadOnlyDictionary<(string Component, string Detector), string>> Beliefs(CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand("SELECT DISTINCT ON (component, detector) component, detector, to_state FROM detections ORDER BY component, detector, id DESC");
        await using var rows = await command.ExecuteReaderAsync(cancellationToken);
        var beliefs = new Dictionary<(string, string), string>();
        while (await rows.ReadAsync(cancellationToken))
            beliefs[(rows.GetString(0), rows.GetString(1))] = rows.GetString(2);
        return beliefs;
    }

    /// <summary>Who was declared dead since, by whom and when.</summary>
    public async Task<IReadOnlyList<Death>> Deaths(DateTimeOffset since, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand("SELECT component, detector, noticed_at FROM detections WHERE to_state = 'dead' AND noticed_at >= $1 ORDER BY id");
        command.Parameters.Add(new NpgsqlParameter<DateTime> { TypedValue = since.UtcDateTime });
        await using var rows = await command.ExecuteReaderAsync(cancellationToken);
        var deaths = new List<Death>();
        while (await rows.ReadAsync(cancellationToken))
            deaths.Add(new Death(rows.GetString(0), rows.GetString(1), rows.GetFieldValue<DateTimeOffset>(2)));
        return deaths;
    }

    /// <summary>How many silos Orleans' membership has called dead so far: evicted, killed or stopped.</summary>
    public static async Task<int> DeadSilos(NpgsqlDataSource database, CancellationToken cancellationToken) =>
        (await new DetectionStore(database).Deaths(DateTimeOffset.UnixEpoch, cancellationToken)).Count(death => death.Detector == "membership");

    /// <summary>The newest heartbeat of each component, whoever saw it.</summary>
    public async Task<IReadOnlyDictionary<string, DateTimeOffset>> LastBeats(CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand("SELECT component, max(seen_at) FROM beats WHERE detector = 'heartbeat' GROUP BY component");
        await using var rows = await command.ExecuteReaderAsync(cancellationToken);
        var beats = new Dictionary<string, DateTimeOffset>();
        while (await rows.ReadAsync(cancellationToken))
            beats[rows.GetString(0)] = rows.GetFieldValue<DateTimeOffset>(1);
        return beats;
    }

    internal sealed record Death(string Component, string Detector, DateTimeOffset At);
}
