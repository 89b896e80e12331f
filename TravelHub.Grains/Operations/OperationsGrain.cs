using System.Collections.Immutable;
using Microsoft.Extensions.Logging;
using TravelHub.Grains.Abstractions.Operations;

namespace TravelHub.Grains.Operations;

/// <summary>One operation at a time, so that two of them don't take away the last two silos.</summary>
internal sealed class OperationsGrain(SiloWishes wishes, SiloAgents agents, ISiloStatusOracle silos, TimeProvider time, ILogger<OperationsGrain> logger) : Grain, IOperationsGrain
{
    private static readonly TimeSpan StaysWithin = TimeSpan.FromSeconds(2);

    // Less than the gateway waits for it all. A silo that has not heard it by then looks at its wish by itself.
    private static readonly TimeSpan StopsWithin = TimeSpan.FromSeconds(5);

    private IEnumerable<SiloAddress> Active => silos.GetApproximateSiloStatuses(onlyActive: true).Keys;

    public Task<DateTimeOffset> Now() => wishes.Now();

    public async Task<SiloWishAnswer> Deactivate(string silo, string by, DateTimeOffset askedAt)
    {
        if (Lives(silo).Count > 0 && await IsLast(silo))
            return Last(silo);
        if (!await wishes.Set(silo, isWanted: false, by, askedAt))
            return Overtaken(silo);
        var told = ImmutableArray.CreateBuilder<SiloAddress>();
        foreach (var life in Lives(silo))   // looked up again: one that has joined meanwhile may have looked at its wish before it was there
        {
            logger.LogWarning("{Operator} asks {Silo} to stop; it is left away", by, silo);
            if (await agents.Stops(life, StopsWithin, time))
                told.Add(life);
        }

        return new SiloWishAnswer(null, told.ToImmutable());
    }

    public async Task<SiloWishAnswer> Restart(string silo, SiloAddress? life, string by, DateTimeOffset askedAt)
    {
        var mustStop = life is not null && Active.Contains(life);
        if (mustStop && await IsLast(silo))
            return Last(silo);
        if (!await wishes.Set(silo, isWanted: true, by, askedAt))
            return Overtaken(silo);
        if (!mustStop)
            return new SiloWishAnswer(null, []);
        logger.LogWarning("{Operator} asks {Silo} to stop; it is to be started again", by, silo);
        await agents.Stop(life!);
        return new SiloWishAnswer(null, [life!]);
    }

    public Task<ImmutableArray<string>> Away() => wishes.Away();

    private static SiloWishAnswer Last(string silo) => SiloWishAnswer.No(
        "last-silo", $"{silo} is the only silo that is to stay: without it nobody could answer, or be told to start it again. Start another one first.");

    private static SiloWishAnswer Overtaken(string silo) => SiloWishAnswer.No(
        "overtaken", $"Something was asked of {silo} after this, and holds. Look at it, and ask again if it is still to be done.");

    private List<SiloAddress> Lives(string silo) => [.. Active.Where(a => silos.TryGetSiloName(a, out var name) && name == silo)];

    // One that is on its way out, to stay away or to come back, is still active for a moment: each other one is asked whether it stays.
    private async Task<bool> IsLast(string silo)
    {
        var away = await wishes.Away();
        var others = Active.Where(a => silos.TryGetSiloName(a, out var name) && name != silo && !away.Contains(name));
        return !(await Task.WhenAll(others.Select(other => agents.Stays(other, StaysWithin, time)))).Any(stays => stays);
    }
}
