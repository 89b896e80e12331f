using System.Collections.Immutable;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace TravelHub.Grains.Operations;

/// <summary>
/// Has a silo that is not wanted end by itself. One that was on its way into the cluster when an operator took it away was in no membership that anybody could
/// look up, and one that stood still could not be told: nobody has had it stop.
/// </summary>
internal sealed class OwnWish(
    SiloWishes wishes, ISiloStatusOracle silos, ILocalSiloDetails silo, IHostApplicationLifetime host, TimeProvider time, ILogger<OwnWish> logger)
{
    // Nothing tells how late a wish can be written after a look at the membership in which the silo was not: a look at one row is cheap enough for ever.
    private static readonly TimeSpan LookPeriod = TimeSpan.FromSeconds(10);

    private bool _isStayToldOf;

    /// <summary>Looks from the moment on at which the silo has joined, beside its start: a database that does not answer is asked until it does, and stops nobody.</summary>
    public static Task Follow(IServiceProvider services, CancellationToken cancellationToken) => StartupCalls.UntilDone(
        services, "A look at whether this silo is wanted", services.GetRequiredService<OwnWish>().Watch, startWaits: TimeSpan.Zero, cancellationToken);

    /// <summary>Looks again and again, until the silo stops.</summary>
    public async Task Watch()
    {
        while (!await Obey())
            await Task.Delay(LookPeriod, time, host.ApplicationStopping);
    }

    /// <summary>Has the silo stop when it is not wanted, and another one is there that is.</summary>
    /// <returns>Whether it stops.</returns>
    public async Task<bool> Obey()
    {
        var away = await wishes.Away();
        if (!away.Contains(silo.Name))
        {
            _isStayToldOf = false;
            return false;
        }

        if (!IsAnotherThere(away))
        {
            if (!_isStayToldOf)
                logger.LogWarning("{Silo} was taken away by an operator, and stays: no other silo is there that is to stay, and nobody could be told anything", silo.Name);
            _isStayToldOf = true;
            return false;
        }

        logger.LogWarning("{Silo} was taken away by an operator: it stops", silo.Name);
        host.ApplicationStarted.Register(host.StopApplication);   // a start that is broken off is a failure
        return true;
    }

    private bool IsAnotherThere(ImmutableArray<string> away) => silos.GetApproximateSiloStatuses(onlyActive: true).Keys
        .Any(other => !other.Equals(silo.SiloAddress) && silos.TryGetSiloName(other, out var name) && !away.Contains(name));
}
