using System.Collections.Immutable;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace TravelHub.Grains.Operations;

/// <summary>
/// Has a silo that is not wanted end by itself. One that was on its way into the cluster when an operator took it away was in no membership that anybody could
/// look up, so that nobody has told it to stop.
/// </summary>
internal sealed class OwnWish(
    SiloWishes wishes, ISiloStatusOracle silos, ILocalSiloDetails silo, IHostApplicationLifetime host, TimeProvider time, ILogger<OwnWish> logger)
{
    // Longer than it takes from a look at the membership to the wish: who looked just before the silo was there has written his by then.
    private static readonly TimeSpan LooksAgainAfter = TimeSpan.FromSeconds(10);

    /// <summary>Looks when the silo has joined, beside its start: a database that does not answer is asked until it does, and stops nobody.</summary>
    public static Task Follow(IServiceProvider services, CancellationToken cancellationToken) => StartupCalls.UntilDone(
        services, "A look at whether this silo is wanted", services.GetRequiredService<OwnWish>().LookTwice, startWaits: TimeSpan.Zero, cancellationToken);

    /// <summary>Has the silo stop when it is not wanted, and another one is there that is.</summary>
    /// <returns>Whether it stops.</returns>
    public async Task<bool> Obey()
    {
        var away = await wishes.Away();
        if (!away.Contains(silo.Name))
            return false;
        if (!IsAnotherThere(away))
        {
            logger.LogWarning("{Silo} was taken away by an operator, and stays: no other silo is there that is to stay, and nobody could be told anything", silo.Name);
            return false;
        }

        logger.LogWarning("{Silo} was taken away by an operator while it was being started: it stops", silo.Name);
        host.ApplicationStarted.Register(host.StopApplication);   // a start that is broken off is a failure
        return true;
    }

    private async Task LookTwice()
    {
        if (await Obey())
            return;
        await Task.Delay(LooksAgainAfter, time, host.ApplicationStopping);
        await Obey();
    }

    private bool IsAnotherThere(ImmutableArray<string> away) => silos.GetApproximateSiloStatuses(onlyActive: true).Keys
        .Any(other => !other.Equals(silo.SiloAddress) && silos.TryGetSiloName(other, out var name) && !away.Contains(name));
}
