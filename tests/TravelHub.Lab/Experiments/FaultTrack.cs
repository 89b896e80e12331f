using System.Collections.Concurrent;
using Npgsql;
using TravelHub.Client.Operations;
using TravelHub.Client.Processes;
using TravelHub.Lab.Checks;
using TravelHub.Lab.Instances;
using TravelHub.Lab.Liars;

namespace TravelHub.Lab.Experiments;

/// <summary>Does to an instance what a scenario says. Who restarts what died is the instance's own business.</summary>
internal sealed class FaultTrack(LabInstance instance, LabSite site, IReadOnlyList<ScenarioFault> faults, Action<string> say, TimeProvider time)
{
    private static readonly TimeSpan OperationPatience = TimeSpan.FromMinutes(2);

    private readonly ConcurrentQueue<(string Replica, DateTimeOffset AskedAt, DateTimeOffset BeganAt)> _lies = [];   // faults overlap
    private int _missed;

    private ProcessIdentity[] Silos => [.. Enumerable.Range(1, LabInstance.Silos).Select(instance.Silo)];

    /// <summary>What the faults themselves tell.</summary>
    public Dictionary<string, double> Values { get; } = [];

    /// <summary>Plays all faults; returns when the load's time is over and whatever stood still goes on.</summary>
    public async Task Play(TimeSpan duration, CancellationToken cancellationToken)
    {
        var start = time.GetTimestamp();
        var underWay = new List<Task>();
        using var isOver = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        using var desk = new ReplicaDesk(instance);
        foreach (var fault in faults.OrderBy(fault => fault.AtSeconds))
        {
            await Until(TimeSpan.FromSeconds(fault.AtSeconds));
            say(fault.ToString());
            underWay.Add(Begin(fault, desk, isOver.Token));
        }

        await Until(duration);
        await isOver.CancelAsync();
        await Task.WhenAll(underWay);
        cancellationToken.ThrowIfCancellationRequested();
        Values[Metrics.FaultsMissed] = _missed;

        Task Until(TimeSpan at) => at - time.GetElapsedTime(start) is var left && left > TimeSpan.Zero
            ? Task.Delay(left, time, cancellationToken)
            : Task.CompletedTask;
    }

    /// <summary>Judges by what the groups wrote down, from the first lie to now, how long each liar kept its vote, and who lost it that did not lie.</summary>
    public async Task JudgeLies(NpgsqlDataSource database, CancellationToken cancellationToken)
    {
        if (_lies.IsEmpty)
            return;
        var quarantines = await Quarantines.Of(database, cancellationToken);
        Values[Metrics.FalselyAccused] = quarantines.Where(found => !_lies.Any(lie => lie.Replica == found.Replica && found.At >= lie.AskedAt)).DistinctBy(found => found.Replica).Count();
        Values[Metrics.QuarantineSeconds] = _lies.Max(lie => quarantines.Where(found => found.Replica == lie.Replica && found.At >= lie.AskedAt)
            .Select(found => Math.Max(0, (found.At - lie.BeganAt).TotalSeconds)).DefaultIfEmpty(double.PositiveInfinity).Min());
    }

    private Task Begin(ScenarioFault fault, ReplicaDesk desk, CancellationToken isOver)
    {
        var length = TimeSpan.FromSeconds(fault.ForSeconds);
        switch (fault.Kind)
        {
            case ScenarioFaultKind.KillSilo:
                Kill([instance.Silo(fault.Silo)]);
                return Task.CompletedTask;
            case ScenarioFaultKind.KillSilos:
                Kill(Silos);
                return Task.CompletedTask;
            case ScenarioFaultKind.PauseSilo:
                return Pause([instance.Silo(fault.Silo)], length, isOver);
            case ScenarioFaultKind.PauseSilos:
                return Pause(Silos, length, isOver);
            case ScenarioFaultKind.DeactivateSilo:
                return Deactivate(fault.Silo, length, isOver);
            case ScenarioFaultKind.RestartSilos:
                return RestartSilos(isOver);
            case ScenarioFaultKind.KillProvider:
                Kill([instance.Provider]);
                return Task.CompletedTask;
            case ScenarioFaultKind.PostgresAway:
                return TakePostgresAway(length, isOver);
            case ScenarioFaultKind.PostgresSlow:
                return SlowPostgres(TimeSpan.FromMilliseconds(fault.Milliseconds), length, isOver);
            case ScenarioFaultKind.Lie:
                return Lie(fault, desk);
            default:
                var database = instance.DatabaseProcesses();
                Need(database.Count > 0 && Signals.End(database[0]));
                foreach (var process in database)
                    Signals.End(process);
                return fault.Kind == ScenarioFaultKind.KillPostgresAndSilo ? KillLater(fault.Silo, length, isOver) : Task.CompletedTask;
        }
    }

    private async Task Pause(ProcessIdentity[] silos, TimeSpan length, CancellationToken isOver)
    {
        foreach (var silo in silos)
            Need(Signals.Pause(silo));
        await Wait(length, isOver);
        foreach (var silo in silos)
            Signals.Continue(silo);
    }

    private async Task Deactivate(int silo, TimeSpan length, CancellationToken isOver)
    {
        await Operate(silo, "deactivation");
        await Wait(length, isOver);
        await Operate(silo, "restart");
    }

    private async Task RestartSilos(CancellationToken isOver)
    {
        for (var silo = 1; silo <= LabInstance.Silos; silo++)
        {
            Need(!isOver.IsCancellationRequested);
            await Operate(silo, "restart");
        }
    }

    private async Task Operate(int silo, string operation)
    {
        var began = time.GetTimestamp();
        using var gateway = new OperatorGateway(instance.Url, instance.OperatorKey, OperationPatience);
        var (_, isDone) = await gateway.Post(FormattableString.Invariant($"/v1/cluster/silos/silo-{silo}/{operation}"), CancellationToken.None);
        var took = isDone ? time.GetElapsedTime(began) : OperationPatience;
        say(FormattableString.Invariant($"silo-{silo}: {operation} {(isDone ? "done" : "NOT seen done")} after {time.GetElapsedTime(began).TotalSeconds:0.0} s"));
        Values[Metrics.OperationSeconds] = Math.Max(Values.GetValueOrDefault(Metrics.OperationSeconds), took.TotalSeconds);
    }

    private async Task KillLater(int silo, TimeSpan after, CancellationToken isOver)
    {
        await Wait(after, isOver);
        Kill([instance.Silo(silo)]);
    }

    private async Task TakePostgresAway(TimeSpan length, CancellationToken isOver)
    {
        using var away = await instance.TakeDatabaseAway();
        await Wait(length, isOver);
    }

    // Half of it there, half of it back.
    private async Task SlowPostgres(TimeSpan late, TimeSpan length, CancellationToken isOver)
    {
        site.DatabaseProxy!.Delay = late / 2;
        await Wait(length, isOver);
        site.DatabaseProxy.Delay = TimeSpan.Zero;
    }

    private async Task Lie(ScenarioFault fault, ReplicaDesk desk)
    {
        var askedAt = time.GetUtcNow();
        await desk.Lie(fault.Replica, fault.How, fault.Parameter, CancellationToken.None);
        _lies.Enqueue((fault.Replica, askedAt, time.GetUtcNow()));   // from now on all silos act on it
    }

    private void Kill(IEnumerable<ProcessIdentity> processes)
    {
        foreach (var process in processes)
            Need(Signals.End(process));
    }

    // Who is dead already can't be killed, and a trial without its fault shows nothing.
    private void Need(bool tookPlace)
    {
        if (tookPlace)
            return;
        say("A fault did NOT take place");
        Interlocked.Increment(ref _missed);
    }

    private Task Wait(TimeSpan length, CancellationToken isOver) =>
        ((Task)Task.Delay(length, time, isOver)).ContinueWith(_ => { }, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
}
