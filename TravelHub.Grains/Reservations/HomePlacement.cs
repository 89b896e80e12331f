using Orleans.GrainDirectory;
using Orleans.Placement;
using Orleans.Runtime.Placement;

namespace TravelHub.Grains.Reservations;

/// <summary>A grain lives where its id alone says, so that nobody has to be asked where it is or told that it came and went.</summary>
[GenerateSerializer, Immutable, Alias("travelhub.home-placement.v1")]
internal sealed class HomePlacement : PlacementStrategy;

/// <inheritdoc cref="HomePlacement"/>
[AttributeUsage(AttributeTargets.Class)]
internal sealed class HomePlacementAttribute() : PlacementAttribute(new HomePlacement());

/// <summary>Finds the home of an id among the silos that are there. When one goes or comes, only the ids that lived or will live on it move.</summary>
internal sealed class HomeDirector : IPlacementDirector
{
    public Task<SiloAddress> OnAddActivation(PlacementStrategy strategy, PlacementTarget target, IPlacementContext context) =>
        Task.FromResult(Home(target.GrainIdentity.GetUniformHashCode(), context.GetCompatibleSilos(target)));

    /// <param name="silos">At least one, in any order.</param>
    public static SiloAddress Home(uint id, ReadOnlySpan<SiloAddress> silos)
    {
        var home = silos[0];
        var highest = 0u;
        foreach (var silo in silos)
        {
            var weight = Mix(id ^ Mix(unchecked((uint)silo.GetConsistentHashCode())));
            if (weight < highest || (weight == highest && silo.CompareTo(home) < 0))
                continue;
            (home, highest) = (silo, weight);
        }

        return home;
    }

    // Each bit of the input moves half of the output's.
    private static uint Mix(uint x)
    {
        unchecked
        {
            x = (x ^ (x >> 16)) * 0x7feb352d;
            x = (x ^ (x >> 15)) * 0x846ca68b;
            return x ^ (x >> 16);
        }
    }
}

/// <summary>
/// The directory of grains that live at their home: it is empty, and takes everybody for who he says he is. While silos disagree on who is there, a
/// grain may be active twice; whoever stands under it bears that, as the log does by its versions.
/// </summary>
internal sealed class HomeDirectory : IGrainDirectory
{
    public const string Name = "home";

    private static readonly Task<GrainAddress?> Nowhere = Task.FromResult<GrainAddress?>(null);

    public Task<GrainAddress?> Register(GrainAddress address) => Task.FromResult<GrainAddress?>(address);

    public Task<GrainAddress?> Register(GrainAddress address, GrainAddress? previousAddress) => Task.FromResult<GrainAddress?>(address);

    public Task Unregister(GrainAddress address) => Task.CompletedTask;

    public Task<GrainAddress?> Lookup(GrainId grainId) => Nowhere;

    public Task UnregisterSilos(List<SiloAddress> siloAddresses) => Task.CompletedTask;
}
