using TravelHub.Client.Processes;
using TravelHub.Lab.Instances;

namespace TravelHub.Lab.Faults;

/// <summary>Does to an instance what a schedule says. Who restarts what died is the instance's own business.</summary>
internal sealed class FaultPlayer(LabInstance instance, Action<string> say, TimeProvider time)
{
    /// <summary>Plays all faults; returns when the load's time is over and every silo that stood still goes on.</summary>
    public async Task Play(IReadOnlyList<Fault> faults, TimeSpan duration, CancellationToken cancellationToken)
    {
        var start = time.GetTimestamp();
        var pauses = new List<Task>();
        foreach (var fault in faults)
        {
            await Until(fault.At);
            say(fault.ToString());
            switch (fault.Kind)
            {
                case FaultKind.KillSilo:
                    Signals.End(instance.Silo(fault.Silo));
                    break;
                case FaultKind.PauseSilo:
                    pauses.Add(Pause(instance.Silo(fault.Silo), fault.Length, cancellationToken));
                    break;
                case FaultKind.KillProvider:
                    Signals.End(instance.Provider);
                    break;
                default:
                    foreach (var process in instance.DatabaseProcesses())
                        Signals.End(process);
                    await Task.Delay(fault.Length, time, cancellationToken);
                    if (fault.Silo > 0)
                        Signals.End(instance.Silo(fault.Silo));
                    break;
            }
        }

        await Until(duration);
        await Task.WhenAll(pauses);

        Task Until(TimeSpan at) => at - time.GetElapsedTime(start) is var left && left > TimeSpan.Zero
            ? Task.Delay(left, time, cancellationToken)
            : Task.CompletedTask;
    }

    private async Task Pause(ProcessIdentity silo, TimeSpan length, CancellationToken cancellationToken)
    {
        Signals.Pause(silo);
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
