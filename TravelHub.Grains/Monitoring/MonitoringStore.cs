using System.Collections.Immutable;
using Microsoft.Extensions.Options;
using Npgsql;
using NpgsqlTypes;
using Orleans.Configuration;
using TravelHub.Grains.Abstractions.Monitoring;

namespace TravelHub.Grains.Monitoring;

/// <summary>Signs of life and what was made of them. All times are the database's own, so that no silo's clock matters.</summary>
internal sealed class MonitoringStore(NpgsqlDataSource database, IOptions<ClusterOptions> cluster)
{
    private const string BeatSql = """
        INSERT INTO beats (cluster_id, component, detector, source, seen_at, took_ms, address) VALUES ($1, $2, $3, $4, clock_timestamp(), $5, $6)
        ON CONFLICT (cluster_id, component, detector, source) DO UPDATE SET seen_at = excluded.seen_at, took_ms = excluded.took_ms, address = excluded.address
        """;

    // What comes from the future, by more than $4, is from before this server's clock was set back. Nobody knows how old it is: it counts as older than anything.
    private const string EvidenceSql = """
        SELECT extract(epoch FROM clock_timestamp() - max(known_at))::float8,
            (array_agg(address ORDER BY known_at DESC))[1],
            coalesce((SELECT is_wanted FROM silo_wishes WHERE cluster_id = $1 AND silo = $2), true),
            (SELECT to_state FROM detections WHERE cluster_id = $1 AND component = $2 AND detector = $3 ORDER BY incarnation DESC, id DESC LIMIT 1),
            (SELECT extract(epoch FROM clock_timestamp() - CASE WHEN asked_at > clock_timestamp() + $4 THEN TIMESTAMPTZ 'epoch' ELSE asked_at END)::float8
                FROM silo_wishes WHERE cluster_id = $1 AND silo = $2 AND is_wanted),
            clock_timestamp()
        FROM (
            SELECT address, CASE WHEN seen_at > clock_timestamp() + $4 THEN TIMESTAMPTZ 'epoch' ELSE seen_at END AS known_at
            FROM beats WHERE cluster_id = $1 AND component = $2 AND detector = 'heartbeat'
        ) AS heard
        """;

    // Who puts something on record about a component and detector waits for who does the same, in a statement of its own: the next one sees what that was.
    private const string TurnSql = "SELECT pg_advisory_xact_lock(hashtextextended(format('travelhub.detections/%s/%s/%s', $1, $2, $3), 0))";

    // Compares and sets: two monitors of one component, each of which believes to be the only one, put a change on record once.
    private const string RecordSql = """
        INSERT INTO detections (cluster_id, component, detector, incarnation, from_state, to_state, noticed_at, last_seen_at)
        SELECT $1, $2, $3, $4, before.state, $5, clock_timestamp(),
            (SELECT max(seen_at) FROM beats WHERE cluster_id = $1 AND component = $2 AND detector = $3)
        FROM (SELECT coalesce((SELECT to_state FROM detections WHERE cluster_id = $1 AND component = $2 AND detector = $3
            ORDER BY incarnation DESC, id DESC LIMIT 1), 'unknown') AS state) AS before
        WHERE before.state = $6 OR $6 IS NULL
        ON CONFLICT DO NOTHING
        """;

    private const string BeliefsSql = """
        SELECT DISTINCT ON (component, detector) component, detector, to_state, noticed_at FROM detections WHERE cluster_id = $1
        ORDER BY component, detector, incarnation DESC, id DESC
        """;

    private const string SeenSql = "SELECT component, detector, max(seen_at) FROM beats WHERE cluster_id = $1 GROUP BY component, detector";

    private const string DetectionsSql = """
        SELECT id, component, detector, from_state, to_state, noticed_at, last_seen_at FROM detections WHERE id < $1 ORDER BY id DESC LIMIT $2
        """;

    private const string ForgetSql = """
        WITH old AS (DELETE FROM beats WHERE cluster_id <> $1 AND seen_at < clock_timestamp() - $2)
        DELETE FROM detections AS d WHERE noticed_at < clock_timestamp() - $2
            AND EXISTS (SELECT FROM detections AS later WHERE (later.cluster_id, later.component, later.detector) = (d.cluster_id, d.component, d.detector)
                AND (later.incarnation, later.id) > (d.incarnation, d.id))   -- what is believed now stays
        """;

    private readonly string _clusterId = cluster.Value.ClusterId;

    /// <returns>What time it is at the store.</returns>
    public async Task<DateTimeOffset> Look(CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand("SELECT clock_timestamp()");
        return (DateTime)(await command.ExecuteScalarAsync(cancellationToken))!;
    }

    /// <param name="address">Where the component can be asked for an echo; null when its name says it all.</param>
    public async Task Beat(string component, string detector, string source, TimeSpan took, string? address, CancellationToken cancellationToken = default)
    {
        await using var command = Command(BeatSql, component, detector);
        command.Parameters.Add(Text(source));
        command.Parameters.Add(new NpgsqlParameter<double> { TypedValue = took.TotalMilliseconds });
        command.Parameters.Add(Text(address));
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <summary>All that a detector has to go by.</summary>
    /// <param name="mostAhead">How far from the future a sign of life may be and still count: a clock that was set back by less, nobody notices.</param>
    public async Task<Evidence> Evidence(string component, string detector, TimeSpan mostAhead)
    {
        await using var command = Command(EvidenceSql, component, detector);
        command.Parameters.Add(new NpgsqlParameter<TimeSpan> { TypedValue = mostAhead });
        await using var rows = await command.ExecuteReaderAsync();
        await rows.ReadAsync();   // an aggregate always has its row
        return new Evidence(
            rows.IsDBNull(0) ? null : TimeSpan.FromSeconds(rows.GetDouble(0)), rows.IsDBNull(1) ? null : rows.GetString(1), rows.GetBoolean(2),
            rows.IsDBNull(3) ? ComponentState.Unknown : State(rows.GetString(3)), rows.IsDBNull(4) ? null : TimeSpan.FromSeconds(rows.GetDouble(4)),
            rows.GetFieldValue<DateTimeOffset>(5));
    }

    /// <summary>Puts a change of belief on record, if it is one.</summary>
    /// <param name="from">What was believed before; null for whatever it was.</param>
    /// <param name="incarnation">Membership: which life of a silo. Each is told alive once, and dead once.</param>
    /// <returns>Whether it was news.</returns>
    public async Task<bool> Record(
        string component, string detector, ComponentState? from, ComponentState to, long incarnation = 0, CancellationToken cancellationToken = default)
    {
        await using var batch = database.CreateBatch();   // one implicit transaction
        batch.BatchCommands.Add(new NpgsqlBatchCommand(TurnSql) { Parameters = { Text(_clusterId), Text(component), Text(detector) } });
        batch.BatchCommands.Add(new NpgsqlBatchCommand(RecordSql)
        {
            Parameters =
            {
                Text(_clusterId), Text(component), Text(detector), new NpgsqlParameter<long> { TypedValue = incarnation }, Text(Name(to)),
                Text(from is { } before ? Name(before) : null),
            },
        });
        await batch.ExecuteNonQueryAsync(cancellationToken);
        return batch.BatchCommands[^1].RecordsAffected > 0;
    }

    public async Task<IReadOnlyDictionary<(string Component, string Detector), (ComponentState State, DateTimeOffset Since)>> Beliefs()
    {
        await using var command = database.CreateCommand(BeliefsSql);
        command.Parameters.Add(Text(_clusterId));
        var beliefs = new Dictionary<(string, string), (ComponentState, DateTimeOffset)>();
        await using var rows = await command.ExecuteReaderAsync();
        while (await rows.ReadAsync())
            beliefs[(rows.GetString(0), rows.GetString(1))] = (State(rows.GetString(2)), rows.GetFieldValue<DateTimeOffset>(3));
        return beliefs;
    }

    public async Task<IReadOnlyDictionary<(string Component, string Detector), DateTimeOffset>> LastSeen()
    {
        await using var command = database.CreateCommand(SeenSql);
        command.Parameters.Add(Text(_clusterId));
        var seen = new Dictionary<(string, string), DateTimeOffset>();
        await using var rows = await command.ExecuteReaderAsync();
        while (await rows.ReadAsync())
            seen[(rows.GetString(0), rows.GetString(1))] = rows.GetFieldValue<DateTimeOffset>(2);
        return seen;
    }

    public async Task<ImmutableArray<DetectionView>> Detections(long? after, int limit)
    {
        await using var command = database.CreateCommand(DetectionsSql);
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = after ?? long.MaxValue });
        command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = limit });
        var detections = ImmutableArray.CreateBuilder<DetectionView>();
        await using var rows = await command.ExecuteReaderAsync();
        while (await rows.ReadAsync())
        {
            detections.Add(new DetectionView(
                rows.GetInt64(0), rows.GetString(1), rows.GetString(2), State(rows.GetString(3)), State(rows.GetString(4)),
                rows.GetFieldValue<DateTimeOffset>(5), rows.IsDBNull(6) ? null : rows.GetFieldValue<DateTimeOffset>(6)));
        }

        return detections.ToImmutable();
    }

    public async Task Forget(TimeSpan olderThan, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(ForgetSql);
        command.Parameters.Add(Text(_clusterId));
        command.Parameters.Add(new NpgsqlParameter<TimeSpan> { TypedValue = olderThan });
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    private NpgsqlCommand Command(string sql, string component, string detector)
    {
        var command = database.CreateCommand(sql);
        command.Parameters.Add(Text(_clusterId));
        command.Parameters.Add(Text(component));
        command.Parameters.Add(Text(detector));
        return command;
    }

    // Named, or the server could not tell what a null is.
    private static NpgsqlParameter<string?> Text(string? value) => new() { TypedValue = value, NpgsqlDbType = NpgsqlDbType.Text };

    private static string Name(ComponentState state) => state.ToString().ToLowerInvariant();

    private static ComponentState State(string name) => Enum.Parse<ComponentState>(name, ignoreCase: true);
}

/// <param name="Age">Of the last heartbeat, some decades when the store's clock was set back since; null when there is none in this life of the cluster.</param>
/// <param name="Address">Where the component last said that it can be asked for an echo.</param>
/// <param name="IsWanted">False when an operator took it away.</param>
/// <param name="Belief">What the detector last put on record.</param>
/// <param name="WantedFor">Time since an operator last asked for it to run; null when none did.</param>
/// <param name="Now">What time it is at the store.</param>
internal sealed record Evidence(TimeSpan? Age, string? Address, bool IsWanted, ComponentState Belief, TimeSpan? WantedFor, DateTimeOffset Now);
