using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Npgsql;

namespace TravelHub.Grains.EventLog;

/// <summary>
/// Ends what holds back the horizon of the log's readers: one transaction left open, in any database of the server, freezes all of them. Every
/// silo watches; that two end the same session is harmless.
/// </summary>
internal sealed class HorizonWatchdog(NpgsqlDataSource database, IOptions<EventLogOptions> options, TimeProvider time, ILogger<HorizonWatchdog> logger)
    : BackgroundService
{
    // Sessions of people and programs alone: vacuum and replication have their own ways to end. What only reads has no transaction id and holds no
    // reader back, however long it takes, as a backup does; one that has done nothing for so long was forgotten.
    private const string EndSql = "SELECT pid, database, application, state, seconds, ended FROM end_old_transactions($1)";

    /// <summary>Ends the sessions whose transaction is older than <see cref="EventLogOptions.OldestTransaction"/>.</summary>
    /// <returns>How many were ended.</returns>
    public async Task<int> EndOldTransactions(CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(EndSql);
        command.Parameters.Add(new NpgsqlParameter<TimeSpan> { TypedValue = options.Value.OldestTransaction });
        var ended = 0;
        await using var rows = await command.ExecuteReaderAsync(cancellationToken);
        while (await rows.ReadAsync(cancellationToken))
        {
            ended++;
            logger.LogWarning(
                "Session {Pid} ({Application} in {Database}, {State}) held back the log's readers for {Seconds:N0} s and was ended: {Ended}",
                rows.GetInt32(0), rows[2], rows[1], rows[3], rows.GetDouble(4), rows.GetBoolean(5));
        }

        return ended;
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(options.Value.WatchPeriod, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await EndOldTransactions(stoppingToken);
            }
            catch (NpgsqlException e)
            {
                logger.LogWarning("The horizon of the log's readers is not watched: {Error}", e.Message);
            }
        }
    }
}
