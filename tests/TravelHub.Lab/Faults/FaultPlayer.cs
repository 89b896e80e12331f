using TravelHub.Client.Processes;
using TravelHub.Lab.Instances;

namespace TravelHub.Lab.Faults;

/// <summary>Does to an instance what a schedule says. Who restarts what died is the instance's own business.</summary>
internal sealed class FaultPlayer(LabInstance instance, Action<string> say, TimeProvider time)
{
    /// <summary>Plays all faults; returns when the load's time is over and every silo that stood still goes on.</summary>
    /// <returns>Those that took place: who is dead already can't be killed.</returns>
    public async Task<IReadOnlyList<Fault>> Play(IReadOnlyList<Fault> faults, TimeSpan duration, CancellationToken cancellationToken)
    {
        var start = time.GetTimestamp();
        var pauses = new List<Task>();
        var tookPlace = new List<Fault>();
        foreach (var fault in faults)
        {
            await Until(fault.At);
            say(fault.ToString());
            if (await Make(fault, pauses, cancellationToken))
                tookPlace.Add(fault);
            else
                say("That did NOT take place: it is dead already");
        }

        await Until(duration);
        await Task.WhenAll(pauses);
        return tookPlace;

        Task Until(TimeSpan at) => at - time.GetElapsedTime(start) is var left && left > TimeSpan.Zero
            ? Task.Delay(left, time, cancellationToken)
            : Task.CompletedTask;
    }

    private async Task<bool> Make(Fault fault, List<Task> pauses, CancellationToken cancellationToken)
    {
        switch (fault.Kind)
        {
            case FaultKind.KillSilo:
                return Signals.End(instance.Silo(fault.Silo));
            case FaultKind.PauseSilo:
                var silo = instance.Silo(fault.Silo);
                var standsStill = Signals.Pause(silo);
                pauses.Add(Continue(silo, fault.Length, cancellationToken));
                return standsStill;
            case FaultKind.KillProvider:
                return Signals.End(instance.Provider);
            default:
                var database = instance.DatabaseProcesses();
                var isDead = database.Count > 0 && Signals.End(database[0]);
                foreach (var process in database)
                    Signals.End(process);
                await Task.Delay(fault.Length, time, cancellationToken);
                return (fault.Silo == 0 || Signals.End(instance.Silo(fault.Silo))) && isDead;
        }
    }

    private async Task Continue(ProcessIdentity silo, TimeSpan length, CancellationToken cancellationToken)
    {
        try
        {
            await Task.Delay(length, time, cancellationToken);
        }
        finally
        {
            Signals.Continue(silo);
        }
    }
}
