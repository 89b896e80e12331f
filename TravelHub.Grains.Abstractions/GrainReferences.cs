using System.Collections.Concurrent;

namespace TravelHub.Grains.Abstractions;

/// <summary>
/// References to grains, for those who make some at each booking. Orleans finds the names of an interface by reflection whenever it makes one, which was
/// 4 % of the silos' CPU; here they are found once.
/// </summary>
public sealed class GrainReferences(IGrainFactory grains)
{
    private readonly ConcurrentDictionary<Type, (GrainType Grain, GrainInterfaceType Interface)> _names = new();

    public T Get<T>(Guid key) where T : class, IGrainWithGuidKey =>
        Known<T>() is { } names ? Make<T>(names, GrainIdKeyExtensions.CreateGuidKey(key)) : Learn(grains.GetGrain<T>(key));

    public T Get<T>(string key) where T : class, IGrainWithStringKey =>
        Known<T>() is { } names ? Make<T>(names, IdSpan.Create(key)) : Learn(grains.GetGrain<T>(key));

    public T Get<T>(long key) where T : class, IGrainWithIntegerKey =>
        Known<T>() is { } names ? Make<T>(names, GrainIdKeyExtensions.CreateIntegerKey(key)) : Learn(grains.GetGrain<T>(key));

    private (GrainType Grain, GrainInterfaceType Interface)? Known<T>() => _names.TryGetValue(typeof(T), out var names) ? names : null;

    private T Make<T>((GrainType Grain, GrainInterfaceType Interface) names, IdSpan key) where T : class =>
        (T)grains.GetGrain(GrainId.Create(names.Grain, key), names.Interface);

    private T Learn<T>(T grain) where T : class, IAddressable
    {
        var reference = (GrainReference)(object)grain;
        _names[typeof(T)] = (reference.GrainId.Type, reference.InterfaceType);
        return grain;
    }
}
