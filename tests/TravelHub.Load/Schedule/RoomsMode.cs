namespace TravelHub.Load.Schedule;

/// <summary>Which rooms are booked.</summary>
public enum RoomsMode
{
    /// <summary>Any room type and any nights, all equally often.</summary>
    Uniform,

    /// <summary>Room type 1 and the same nights for all, so that every booking meets the others.</summary>
    Hot,
}
