using System.Collections.Frozen;
using TravelHub.Grains.Abstractions.Analytics;
using TravelHub.Grains.Abstractions.Faults;
using TravelHub.Grains.Abstractions.Inventory;
using TravelHub.Grains.Abstractions.Payments;
using TravelHub.Grains.Abstractions.Reservations;
using TravelHub.Grains.Abstractions.Search;

namespace TravelHub.Grains.Faults;

/// <summary>Stands around the grains of a component and keeps all calls from them while a fault is on. They know nothing of it.</summary>
internal sealed class FaultyComponents(FaultBoard<ComponentFault> faults, TimeProvider time) : IIncomingGrainCallFilter
{
    private static readonly FrozenDictionary<Type, string> Components = new Dictionary<Type, string>
    {
        [typeof(ISearchGrain)] = "search",
        [typeof(IInventoryGrain)] = "inventory",
        [typeof(IReservationGrain)] = "reservations",
        [typeof(IReservationListGrain)] = "reservations",
        [typeof(IVotingGrain)] = "payments",
        [typeof(ILedgerGrain)] = "payments",
        [typeof(IAnalyticsGrain)] = "analytics",
    }.ToFrozenDictionary();

    public static IEnumerable<string> Names => Components.Values.Distinct();

    public async Task Invoke(IIncomingGrainCallContext context)
    {
        if (context.InterfaceMethod?.DeclaringType is { } type && Components.TryGetValue(type, out var component) && faults.Of(component) is { } fault)
            await Suffer(component, fault);
        await context.Invoke();
    }

    private Task Suffer(string component, ComponentFault fault) => fault.Kind switch
    {
        ComponentFaultKind.Dead => throw new SiloUnavailableException($"The component {component} is dead on purpose."),
        ComponentFaultKind.Hung => faults.UntilOver(component, fault),
        _ => Task.Delay(TimeSpan.FromMilliseconds(fault.Milliseconds), time),
    };
}
