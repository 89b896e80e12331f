using System.Collections.Immutable;
using Microsoft.Extensions.Logging;
using TravelHub.Grains.Abstractions;
using TravelHub.Grains.Abstractions.Operations;

namespace TravelHub.Grains.Operations;

/// <summary>One operation at a time, so that two of them don't take away the last two silos.</summary>
internal sealed class OperationsGrain(SiloWishes wishes, SiloAgents agents, ISiloStatusOracle silos, TimeProvider time, ILogger<OperationsGrain> logger) : Grain, IOperationsGrain
{
    private static readonly TimeSpan StaysWithin = TimeSpan.FromSeconds(2);

    public Task<Refusal?> Deactivate(string silo, SiloAddress? life, string by) => Ask(silo, life, by, isWanted: false);

    public Task<Refusal?> Restart(string silo, SiloAddress? life, string by) => Ask(silo, life, by, isWanted: true);

    public Task<ImmutableArray<string>> Away() => wishes.Away();

    private async Task<Refusal?> Ask(string silo, SiloAddress? life, string by, bool isWanted)
    {
        var active = silos.GetApproximateSiloStatuses(onlyActive: true).Keys;
        var mustStop = life is not null && active.Contains(life);
        if (mustStop && await IsLast(silo, active))
            return new Refusal("last-silo", $"{silo} is the only silo that is to stay: without it nobody could answer, or be told to start it again. Start another one first.");
        await wishes.Set(silo, isWanted, by);
        if (mustStop)
        {
            logger.LogWarning("{Operator} asks {Silo} to stop; it is {Wanted}", by, silo, isWanted ? "to be started again" : "left away");
            await agents.Stop(life!);
        }

        return null;
    }

    // One that is on its way out, to stay away or to come back, is still active for a moment: each other one is asked whether it stays.
    private async Task<bool> IsLast(string silo, IEnumerable<SiloAddress> active)
    {
        var away = await wishes.Away();
        var others = active.Where(a => silos.TryGetSiloName(a, out var name) && name != silo && !away.Contains(name));
        return !(await Task.WhenAll(others.Select(other => agents.Stays(other, StaysWithin, time)))).Any(stays => stays);
    }
}
