using TravelHub.Lab.Faults;
using TravelHub.Lab.Instances;

namespace TravelHub.Lab.Soak;

/// <summary>Loads an instance and breaks one part after the other.</summary>
internal static class SoakRun
{
    public static async Task<SoakReport> Run(
        LabSite site, LabLoad load, TimeSpan duration, TimeSpan every, bool inPairs, Action<string> say, TimeProvider time, CancellationToken cancellationToken)
    {
        var schedule = FaultSchedule.Draw(FaultSchedule.Soak, load.Seed, duration, every, LabInstance.Silos, inPairs);
        IReadOnlyList<Fault> made = [];
        var outcome = await new LabRun(site, load, say, time).Run(
            async (instance, _, _) => made = await new FaultPlayer(instance, say, time).Play(schedule, duration, cancellationToken), cancellationToken);
        return new SoakReport(load.Seed, site.Plant, duration.TotalMinutes, every.TotalSeconds, load.Clients, SoakReport.Count(made), schedule.Count - made.Count, outcome);
    }
}
