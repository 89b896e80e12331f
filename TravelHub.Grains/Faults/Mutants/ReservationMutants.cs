using System.Collections.Concurrent;
using System.Collections.Immutable;
using TravelHub.Grains.Abstractions.Reservations;

namespace TravelHub.Grains.Faults.Mutants;

/// <summary>Bugs of reservations and of their owners' lists.</summary>
internal static class ReservationMutants
{
    private static readonly ConcurrentDictionary<GrainId, ReservationView> Seen = new();

    public static readonly Mutant[] All =
    [
        Reservation("any-body-will-do", nameof(IReservationGrain.Book), Calls.With<BookCommand>(0, command => command with { RequestHash = "" })),
        Reservation("every-payment-is-new", nameof(IReservationGrain.Pay), Calls.With<PayCommand>(0, command => command with
        {
            AttemptKey = $"{command.AttemptKey} {Guid.NewGuid():N}",
        })),
        Reservation("reservation-remembered", nameof(IReservationGrain.Get), Calls.Answers<ReservationView>((context, view) => Seen.GetOrAdd(context.TargetId, view))),
        Calls.To<IReservationListGrain>("list-skips-a-row", nameof(IReservationListGrain.List), Calls.Answers<ImmutableArray<ReservationView>>(
            (context, page) => Calls.Argument<ReservationCursor?>(context, 1) is not null && page.Length > 1 ? page.RemoveAt(0) : page)),
    ];

    private static Mutant Reservation(string name, string method, Func<IIncomingGrainCallContext, Task> spoiled) =>
        Calls.To<IReservationGrain>(name, method, spoiled);
}
