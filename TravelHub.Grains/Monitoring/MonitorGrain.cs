using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Orleans.Concurrency;
using TravelHub.Grains.Abstractions.Monitoring;

namespace TravelHub.Grains.Monitoring;

/// <summary>
/// Reads, judges and puts on record what is new. It keeps no state of its own: what it believes is the newest row that it wrote, so whichever silo it comes
/// back on goes on from there.
/// </summary>
[Reentrant]
internal sealed class MonitorGrain(
    MonitoringStore store, StoreWatch watch, ComponentProbes probes, ILocalSiloDetails silo, IOptions<MonitoringOptions> options, TimeProvider time,
    ILogger<MonitorGrain> logger) : Grain, IMonitorGrain, IRemindable
{
    private static readonly TimeSpan ShortestReminder = TimeSpan.FromSeconds(1);

    private IGrainTimer? _lookAgain;   // one at most

    private string Component => this.GetPrimaryKeyString();

    private (string Work, TimeSpan Period) CheckReminder => ("check", Possible(options.Value.CheckPeriod));

    private (string Work, TimeSpan Period) PingReminder => ("ping", Possible(options.Value.PingPeriod));

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        if (options.Value.Enabled)
        {
            TimerInPlaceOfReminder(options.Value.CheckPeriod, Check);
            TimerInPlaceOfReminder(options.Value.PingPeriod, Ping);
        }

        return Task.CompletedTask;
    }

    public Task Start() => this.KeepReminders(CheckReminder, PingReminder);

    public Task ReceiveReminder(string reminderName, TickStatus status) =>
        reminderName == PermanentReminders.Name(CheckReminder) ? Check() : reminderName == PermanentReminders.Name(PingReminder) ? Ping() : Task.CompletedTask;

    public Task Check() => Look(Detector.Heartbeat, (evidence, reading) =>
    {
        if (DetectorMachine.LookAgainIn(evidence.Belief, reading, options.Value) is { } dueTime)
            _lookAgain ??= TimerFor(dueTime, Timeout.InfiniteTimeSpan, LookAgain);
        return Task.FromResult(DetectorMachine.Judge(evidence.Belief, reading, options.Value));
    });

    public Task Ping() => Look(Detector.Ping, async (evidence, reading) =>
    {
        var hasAnswered = evidence.IsWanted && await Echoes(evidence.Address);
        return DetectorMachine.JudgeEcho(evidence.Belief, hasAnswered, reading with { StoreFor = watch.ReachableFor }, options.Value);
    });

    private Task LookAgain()
    {
        _lookAgain?.Dispose();
        _lookAgain = null;
        return Check();
    }

    // Asked again after the longest that the store can be away unseen: it must not be that which did not answer.
    private async Task<bool> Echoes(string? address)
    {
        for (var isAgain = false; ; isAgain = true)
        {
            var start = time.GetTimestamp();
            if (await probes.Echoes(Component, address))
            {
                await store.Beat(Component, Detector.Ping, silo.Name, time.GetElapsedTime(start), address: null);
                return true;
            }

            await store.Look(CancellationToken.None);
            if (isAgain)
                return false;
            await Task.Delay(options.Value.Blink, time);
        }
    }

    private async Task Look(string detector, Func<Evidence, Reading, Task<ComponentState>> judge)
    {
        if (!options.Value.Enabled)
            return;
        try
        {
            var evidence = await store.Evidence(Component, detector, options.Value.Blink);
            watch.Seen(evidence.Now);   // before it is judged: a clock that has just been set may have made everybody old
            var belief = await judge(evidence, new Reading(evidence.Age, watch.ReachableFor, evidence.IsWanted, evidence.WantedFor));
            if (belief == evidence.Belief || !await store.Record(Component, detector, evidence.Belief, belief))
                return;
            if (belief == ComponentState.Dead)
                logger.LogWarning("{Component} is dead, says the {Detector}; its last heartbeat was {Age} ago", Component, detector, evidence.Age);
        }
        catch (Exception e)
        {
            watch.Lost();
            logger.LogDebug("{Component} was not looked at: {Error}", Component, e.Message);
        }
    }

    private static TimeSpan Possible(TimeSpan period) => period < ShortestReminder ? ShortestReminder : period;

    private void TimerInPlaceOfReminder(TimeSpan period, Func<Task> work)
    {
        if (period < ShortestReminder)
            TimerFor(period, period, work);
    }

    private IGrainTimer TimerFor(TimeSpan dueTime, TimeSpan period, Func<Task> work) =>
        this.RegisterGrainTimer(_ => work(), new GrainTimerCreationOptions { DueTime = dueTime, Period = period, KeepAlive = true });
}
