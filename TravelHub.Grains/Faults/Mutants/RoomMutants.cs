using System.Collections.Concurrent;
using System.Collections.Immutable;
using TravelHub.Grains.Abstractions.Inventory;
using TravelHub.Grains.Abstractions.Reservations;

namespace TravelHub.Grains.Faults.Mutants;

/// <summary>Bugs of inventories.</summary>
internal static class RoomMutants
{
    private static readonly string[] Words = [nameof(IInventoryGrain.Hear), nameof(IInventoryGrain.Settle)];
    private static readonly ConcurrentDictionary<(GrainId, DateOnly), HoldOutcome.SoldOut> SoldOut = new();
    private static readonly ConcurrentDictionary<(GrainId, Nights), ImmutableArray<int>> Left = new();

    public static readonly Mutant[] All =
    [
        Word("release-ignored", (_, ruling) => ruling.Fate == HoldFate.Released),
        Word("first-stay-released-only", (hold, ruling) => ruling.Fate == HoldFate.Released && hold.Stay > 0),
        new("sale-ignored", silo =>
        {
            Word("", (_, ruling) => ruling.Fate == HoldFate.Sold).Plant(silo);
            // An inventory that has not heard of a sale asks: that alone would mend it.
            Calls.To<IReservationGrain>("", nameof(IReservationGrain.RuleOnHold), Calls.Answers<HoldRuling>(
                (_, ruling) => ruling.Fate == HoldFate.Sold ? ruling with { Fate = HoldFate.Keep } : ruling)).Plant(silo);
        }),
        PlaceHold("one-room-whatever-is-asked", Calls.With<int>(2, _ => 1)),
        PlaceHold("last-night-not-held", Calls.With<Nights>(1, nights => nights.CheckIn.AddDays(1) < nights.CheckOut
            ? nights with { CheckOut = nights.CheckOut.AddDays(-1) }
            : nights)),
        PlaceHold("last-room-twice", Calls.Answers<HoldOutcome>((_, outcome) => outcome is HoldOutcome.SoldOut { Left: 0 } ? new HoldOutcome.Held() : outcome)),
        PlaceHold("sold-out-for-good", Remember),
        Calls.To<IInventoryGrain>("one-room-more", nameof(IInventoryGrain.SetCapacity), Calls.With<int>(1, rooms => rooms + 1)),
        Calls.To<IInventoryGrain>("availability-remembered", nameof(IInventoryGrain.Availability), Calls.Answers<ImmutableArray<int>>(
            (context, left) => Left.GetOrAdd((context.TargetId, Calls.Argument<Nights>(context, 0)), left))),
    ];

    private static Mutant Word(string name, Func<HoldId, HoldRuling, bool> isIgnored) => Calls.To<IInventoryGrain>(name, Words, context =>
        isIgnored(Calls.Argument<HoldId>(context, 0), Calls.Argument<HoldRuling>(context, 1)) ? Calls.Ignore(context) : context.Invoke());

    private static Mutant PlaceHold(string name, Func<IIncomingGrainCallContext, Task> spoiled) =>
        Calls.To<IInventoryGrain>(name, nameof(IInventoryGrain.PlaceHold), spoiled);

    // What was sold out once is refused from what is remembered, whatever was given back since.
    private static async Task Remember(IIncomingGrainCallContext context)
    {
        foreach (var night in Calls.Argument<Nights>(context, 1).Each())
        {
            if (SoldOut.TryGetValue((context.TargetId, night), out var known))
            {
                context.Result = known;
                return;
            }
        }

        await context.Invoke();
        if (context.Result is HoldOutcome.SoldOut no)
            SoldOut[(context.TargetId, no.Night)] = no;
    }
}
