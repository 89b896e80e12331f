using System.Globalization;
using Microsoft.Extensions.Configuration;
using Npgsql;

namespace TravelHub.Grains.Analytics;

/// <summary>
/// The figures' database, and the log as analytics reads it: over connections of their own, few, and with time-outs, so that analytics never takes one
/// that a booking needs.
/// </summary>
public sealed class AnalyticsDatabase : IAsyncDisposable
{
    private const int LogConnections = 2;
    private const int ConnectSeconds = 3;

    // Above the server's own time-out, so that the server speaks first.
    private const int SpareSeconds = 2;

    private readonly string _connectionString;
    private readonly SemaphoreSlim _preparing = new(1);
    private volatile bool _isPrepared;

    private AnalyticsDatabase(NpgsqlConnectionStringBuilder log, NpgsqlConnectionStringBuilder figures, AnalyticsOptions options)
    {
        Turns = new SemaphoreSlim(options.MostQueries);
        Budget = new AnalyticsBudget(options.QueryShare, options.QueryReserve, TimeProvider.System);
        _connectionString = figures.ConnectionString;
        Log = NpgsqlDataSource.Create(log);
        Figures = NpgsqlDataSource.Create(figures);
    }

    /// <summary>The log, for reading alone.</summary>
    internal NpgsqlDataSource Log { get; }

    /// <summary>Before its first use, and after an error, <see cref="Prepare"/> has to be called.</summary>
    internal NpgsqlDataSource Figures { get; }

    /// <summary>Whose question is answered holds one.</summary>
    internal SemaphoreSlim Turns { get; }

    /// <summary>How long questions may take of the database's time.</summary>
    internal AnalyticsBudget Budget { get; }

    /// <summary>
    /// The log is in <c>ConnectionStrings:TravelHub</c>, the figures in <c>ConnectionStrings:Analytics</c>: by default a database beside the log's, with
    /// its name and <c>_analytics</c>.
    /// </summary>
    /// <exception cref="InvalidOperationException">The log's database is not configured.</exception>
    public static AnalyticsDatabase Of(IConfiguration configuration, AnalyticsOptions options)
    {
        var log = new NpgsqlConnectionStringBuilder(configuration.GetConnectionString("TravelHub")
            ?? throw new InvalidOperationException("Set ConnectionStrings__TravelHub to the cluster's PostgreSQL database: analytics reads the log there."));
        var figures = configuration.GetConnectionString("Analytics") is { Length: > 0 } named
            ? new NpgsqlConnectionStringBuilder(named)
            : new NpgsqlConnectionStringBuilder(log.ConnectionString) { Database = $"{log.Database}_analytics" };
        // The plan of the log's page must not depend on how big the log was when it was made.
        return new AnalyticsDatabase(
            Limited(log, options, LogConnections, "-c default_transaction_read_only=on -c enable_seqscan=off -c plan_cache_mode=force_generic_plan"),
            Limited(figures, options, options.MostConnections, ""),
            options);
    }

    /// <summary>Has the database be there, in the shape of this build.</summary>
    internal async Task Prepare(CancellationToken cancellationToken)
    {
        if (_isPrepared)
            return;
        await _preparing.WaitAsync(cancellationToken);
        try
        {
            if (!_isPrepared)
                await AnalyticsSchema.Apply(_connectionString, cancellationToken);
            _isPrepared = true;
        }
        finally
        {
            _preparing.Release();
        }
    }

    /// <summary>Something was not as expected: the next use looks at the database's shape again.</summary>
    internal void Doubt() => _isPrepared = false;

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await Log.DisposeAsync();
        await Figures.DisposeAsync();
        _preparing.Dispose();
        Turns.Dispose();
    }

    private static NpgsqlConnectionStringBuilder Limited(NpgsqlConnectionStringBuilder connection, AnalyticsOptions options, int connections, string settings)
    {
        var milliseconds = ((long)options.StatementTimeout.TotalMilliseconds).ToString(CultureInfo.InvariantCulture);
        return new NpgsqlConnectionStringBuilder(connection.ConnectionString)
        {
            ApplicationName = "analytics",
            Pooling = true,
            MinPoolSize = 0,
            MaxPoolSize = connections,
            MaxAutoPrepare = 20,
            Timeout = ConnectSeconds,
            CommandTimeout = (int)Math.Ceiling(options.StatementTimeout.TotalSeconds) + SpareSeconds,
            Options = $"-c statement_timeout={milliseconds} -c idle_in_transaction_session_timeout={milliseconds} -c jit=off -c max_parallel_workers_per_gather=0 {settings}",
        };
    }
}
