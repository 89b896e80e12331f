namespace TravelHub.Api.Resilience;

/// <summary>What the gateway leans on; each has a breaker of its own, so that one that fails takes no other with it.</summary>
internal enum Dependency
{
    /// <summary>What can be booked at a destination.</summary>
    Search,

    /// <summary>One property's entry and its calendar.</summary>
    Properties,

    /// <summary>Bookings, payments, cancellations, and a reservation's own view.</summary>
    Reservations,

    /// <summary>An owner's list.</summary>
    ReservationList,
}
