using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Npgsql;
using NpgsqlTypes;
using TravelHub.Grains.Abstractions.Reservations;

namespace TravelHub.Grains.Reservations;

/// <summary>
/// The alarm clock of one shard's reservations. What is due stands in the rows that were written with their events, so a wake-up is arranged
/// by the same commit as the work. Those that were not tried yet, or not for long, come first, and after a period the shard looks again: what can't go on
/// now, as while the provider is away, keeps nothing waiting that can.
/// </summary>
internal sealed class RecoveryGrain(
    NpgsqlDataSource database, TimeProvider time, IOptions<ReservationOptions> options, ILogger<RecoveryGrain> logger)
    : Grain, IRecoveryGrain, IRemindable
{
    public const int Shards = 16;

    private const int AtOnce = 32;
    private const int AtMost = 10_000;
    private const string ReminderName = "recovery";
    private const string DueSql = """
        SELECT id FROM reservations WHERE wake_at <= $1 AND get_byte(uuid_send(id), 0) % $2 = $3 ORDER BY wake_at LIMIT $4
        """;

    private Dictionary<Guid, long> _triedAt = [];

    public Task Start() => this.KeepReminders((ReminderName, options.Value.RecoveryPeriod));

    public Task ReceiveReminder(string reminderName, TickStatus status) => Run();

    public async Task<int> Run()
    {
        var due = await Due();
        var start = time.GetTimestamp();
        var longest = options.Value.RecoveryPeriod * 0.9;   // over when the next one is due, which would be left out else
        var tried = 0;
        _triedAt = due.Where(_triedAt.ContainsKey).ToDictionary(id => id, id => _triedAt[id]);   // of those that are still due
        // As many at any time: one that hangs keeps no others waiting but the one in its place. On the grain's own scheduler, where grains are called from.
        var atOnce = new ParallelOptions { MaxDegreeOfParallelism = AtOnce, TaskScheduler = TaskScheduler.Current };
        await Parallel.ForEachAsync(due.OrderBy(id => _triedAt.GetValueOrDefault(id)), atOnce, async (id, _) =>
        {
            if (time.GetElapsedTime(start) >= longest)
                return;
            tried++;
            _triedAt[id] = time.GetTimestamp();
            await Resume(id);
        });
        return tried;
    }

    private async Task<List<Guid>> Due()
    {
        await using var command = database.CreateCommand(DueSql);
        command.Parameters.Add(new NpgsqlParameter<DateTimeOffset> { TypedValue = time.GetUtcNow(), NpgsqlDbType = NpgsqlDbType.TimestampTz });
        command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = Shards });
        command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = (int)this.GetPrimaryKeyLong() });
        command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = AtMost });
        var due = new List<Guid>();
        await using var rows = await command.ExecuteReaderAsync();
        while (await rows.ReadAsync())
            due.Add(rows.GetGuid(0));
        return due;
    }

    private async Task Resume(Guid id)
    {
        try
        {
            await GrainFactory.GetGrain<IReservationGrain>(id).Resume();
        }
        catch (Exception e)
        {
            logger.LogWarning(e, "Reservation {Reservation} could not be resumed; it is tried again", id);
        }
    }
}
