using TravelHub.Grains.Abstractions.Inventory;
using TravelHub.Grains.Abstractions.Reservations;

namespace TravelHub.Grains.Faults;

/// <summary>A planted bug: the question what became of a hold never leaves the inventory. Its clock says that the time is up, so the rooms are free.</summary>
internal sealed class OwnClockCalls : IOutgoingGrainCallFilter
{
    public Task Invoke(IOutgoingGrainCallContext context)
    {
        if (context.InterfaceMethod.DeclaringType != typeof(IReservationGrain) || context.InterfaceMethod.Name != nameof(IReservationGrain.RuleOnHold))
            return context.Invoke();
        context.Result = new HoldRuling(HoldFate.Released, ReservationVersion: 0);
        return Task.CompletedTask;
    }
}
