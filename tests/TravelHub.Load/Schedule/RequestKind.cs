namespace TravelHub.Load.Schedule;

/// <summary>What a request asks for.</summary>
public enum RequestKind
{
    /// <summary>A reservation, paid at once.</summary>
    Booking,

    /// <summary>What is free at a destination.</summary>
    Search,
}
