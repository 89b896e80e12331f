using Npgsql;
using TravelHub.Lab.Instances;

namespace TravelHub.Lab.AnalyticsTrouble;

/// <summary>Brings trouble to an instance's analytics, and takes it away.</summary>
internal sealed class AnalyticsTroubles(LabInstance instance, TimeProvider time)
{
    // No lock that takes a transaction id: that alone would hold back all readers of the log, as no analytics of ours ever does.
    private const string HangSql = "SET idle_in_transaction_session_timeout = 0; BEGIN; LOCK TABLE progress, stays, booking_days, night_days IN SHARE ROW EXCLUSIVE MODE";

    private readonly string _analytics = $"{new NpgsqlConnectionStringBuilder(instance.ConnectionString).Database}_analytics";

    /// <summary>Questions of all floods so far.</summary>
    public long Asked { get; private set; }

    /// <summary>Those of them that got figures.</summary>
    public long Answered { get; private set; }

    /// <summary>The trouble lasts until the result is disposed of.</summary>
    public async Task<IAsyncDisposable> Begin(TroubleKind kind)
    {
        switch (kind)
        {
            case TroubleKind.Dead:
                await Execute(instance.ConnectionString, $"ALTER DATABASE \"{_analytics}\" WITH ALLOW_CONNECTIONS false");
                await Execute(instance.ConnectionString, $"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{_analytics}'");
                return new End(() => Execute(instance.ConnectionString, $"ALTER DATABASE \"{_analytics}\" WITH ALLOW_CONNECTIONS true"));
            case TroubleKind.Hung:
                var hanging = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(instance.ConnectionString) { Database = _analytics, Pooling = false }.ConnectionString);
                await hanging.OpenAsync();
                await using (var hang = new NpgsqlCommand(HangSql, hanging))
                    await hang.ExecuteNonQueryAsync();
                return hanging;
            default:
                var flood = new AnalyticsFlood(instance, time);
                return new End(async () =>
                {
                    await flood.DisposeAsync();
                    Asked += flood.Asked;
                    Answered += flood.Answered;
                });
        }
    }

    private static async Task Execute(string connectionString, string sql)
    {
        await using var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(connectionString) { Pooling = false }.ConnectionString);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }

    private sealed class End(Func<Task> end) : IAsyncDisposable
    {
        public async ValueTask DisposeAsync() => await end();
    }
}
