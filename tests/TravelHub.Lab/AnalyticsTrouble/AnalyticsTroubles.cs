using Npgsql;
using TravelHub.Lab.Instances;

namespace TravelHub.Lab.AnalyticsTrouble;

/// <summary>Brings trouble to an instance's analytics, and takes it away.</summary>
internal sealed class AnalyticsTroubles(LabInstance instance)
{
    private const int Flooders = 8;

    // The one has the longest answer, the other gives the database most to do.
    private static readonly string[] DearestQuestions =
    [
        "/v1/analytics/nights?from=2030-06-01&until=2031-06-01&by=day,property&limit=200",
        "/v1/analytics/nights?from=2030-06-01&until=2031-06-01&by=property&limit=200",
    ];

    // No lock that takes a transaction id: that alone would hold back all readers of the log, as no analytics of ours ever does.
    private const string HangSql = "SET idle_in_transaction_session_timeout = 0; BEGIN; LOCK TABLE progress, stays, booking_days, night_days IN SHARE ROW EXCLUSIVE MODE";

    private readonly string _analytics = $"{new NpgsqlConnectionStringBuilder(instance.ConnectionString).Database}_analytics";

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
                var stop = new CancellationTokenSource();
                var flood = Task.WhenAll(Enumerable.Range(0, Flooders).Select(_ => Task.Run(() => Flood(stop.Token), CancellationToken.None)));
                return new End(async () =>
                {
                    await stop.CancelAsync();
                    await flood;
                    stop.Dispose();
                });
        }
    }

    private async Task Flood(CancellationToken stop)
    {
        using var http = instance.WithKey(instance.OperatorKey);
        for (var asked = 0; !stop.IsCancellationRequested; asked++)
        {
            try
            {
                using var answer = await http.GetAsync(new Uri(DearestQuestions[asked % DearestQuestions.Length], UriKind.Relative), stop);
            }
            catch (Exception e) when (e is HttpRequestException or OperationCanceledException)
            {
                // What becomes of the flood is not the question.
            }
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
