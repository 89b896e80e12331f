using TravelHub.Grains.Abstractions.Inventory;
using TravelHub.Grains.Abstractions.Payments;
using TravelHub.Grains.Abstractions.Reservations;
using TravelHub.Grains.Reservations;

namespace TravelHub.Grains.Faults;

/// <summary>Calls of a silo's grains that it dies before, or with the answer unread.</summary>
internal sealed class DyingCalls(ArmedFailpoint failpoint) : IOutgoingGrainCallFilter
{
    public Task Invoke(IOutgoingGrainCallContext context) => Deed(context) is var (doing, concerns)
        ? failpoint.Around([doing], [concerns], context.Invoke)
        : context.Invoke();

    private static (string Doing, string Concerns)? Deed(IOutgoingGrainCallContext context)
    {
        var call = context.InterfaceMethod;
        if (call.DeclaringType == typeof(IInventoryGrain) && call.Name == nameof(IInventoryGrain.PlaceHold))
            return (Failpoints.PlaceHold, ArmedFailpoint.Of(Argument<HoldId>(context, 0)));
        if (call.DeclaringType == typeof(IInventoryGrain) && call.Name is nameof(IInventoryGrain.Settle) or nameof(IInventoryGrain.Hear))
            return (Word(context, Argument<HoldRuling>(context, 1)), ArmedFailpoint.Of(Argument<HoldId>(context, 0)));
        if (call.DeclaringType == typeof(IReservationGrain) && call.Name == nameof(IReservationGrain.RuleOnHold))
            return (Failpoints.AskHold, ReservationStreams.Name(context.TargetId.GetGuidKey()));
        if (call.DeclaringType == typeof(IVotingGrain) && context.SourceId is { } source && source.TryGetGuidKey(out var reservation, out _))
            return (Failpoints.Vote, ReservationStreams.Name(reservation));
        return null;
    }

    private static string Word(IOutgoingGrainCallContext context, HoldRuling ruling) =>
        context.SourceId?.Type.ToString() == "resync" ? Failpoints.ResyncTell
        : ruling.Fate == HoldFate.Sold ? Failpoints.TellSold
        : Failpoints.TellReleased;

    private static T Argument<T>(IOutgoingGrainCallContext context, int place) => (T)context.Request.GetArgument(place)!;
}
