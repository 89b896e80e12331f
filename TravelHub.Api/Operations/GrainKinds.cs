using System.Globalization;
using TravelHub.Grains.Abstractions.Catalog;
using TravelHub.Grains.Abstractions.Inventory;
using TravelHub.Grains.Abstractions.Monitoring;
using TravelHub.Grains.Abstractions.Operations;
using TravelHub.Grains.Abstractions.Payments;
using TravelHub.Grains.Abstractions.Reservations;

namespace TravelHub.Api.Operations;

/// <summary>The kinds of grains that an operator can name, and how their keys are written. What has no identity, such as a search, is not among them.</summary>
internal static class GrainKinds
{
    private static readonly SortedDictionary<string, Func<IGrainFactory, string, IAddressable?>> Kinds = new(StringComparer.Ordinal)
    {
        ["destination"] = (grains, key) => grains.GetGrain<IDestinationGrain>(key),
        ["inventory"] = (grains, key) => grains.GetGrain<IInventoryGrain>(key),
        ["ledger"] = (grains, key) => Number(key) is { } n ? grains.GetGrain<ILedgerGrain>(n) : null,
        ["monitor"] = (grains, key) => grains.GetGrain<IMonitorGrain>(key),
        ["operations"] = (grains, key) => Number(key) is { } n ? grains.GetGrain<IOperationsGrain>(n) : null,
        ["property"] = (grains, key) => grains.GetGrain<IPropertyGrain>(key),
        ["recovery"] = (grains, key) => Number(key) is { } n ? grains.GetGrain<IRecoveryGrain>(n) : null,
        ["replica"] = (grains, key) => grains.GetGrain<IReplicaGrain>(key),
        ["replica-health"] = (grains, key) => Number(key) is { } n ? grains.GetGrain<IReplicaHealthGrain>(n) : null,
        ["reservation"] = (grains, key) => Guid.TryParse(key, out var id) ? grains.GetGrain<IReservationGrain>(id) : null,
        ["resync"] = (grains, key) => Number(key) is { } n ? grains.GetGrain<IResyncGrain>(n) : null,
    };

    public static IEnumerable<string> Names => Kinds.Keys;

    /// <summary>Whether it can be looked up where a grain of this kind is. A reservation lives where its id says, and is on no list: a silo may remember one that it has met.</summary>
    public static bool IsListed(string kind) => kind != "reservation";

    /// <returns>Null when there is no such kind, or its keys are not written like this.</returns>
    public static IAddressable? Find(IGrainFactory grains, string kind, string key) =>
        Kinds.TryGetValue(kind, out var find) && key.Length is > 0 and <= 200 ? find(grains, key) : null;

    private static long? Number(string key) => long.TryParse(key, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}
