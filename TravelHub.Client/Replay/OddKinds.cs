namespace TravelHub.Client.Replay;

/// <summary>Why a row cannot be booked. A row may be odd in several ways.</summary>
[Flags]
internal enum OddKinds
{
    None = 0,

    /// <summary>A value is missing, or is no number, date or word of its column.</summary>
    Unreadable = 1,

    /// <summary>Arrival and departure are the same day.</summary>
    NoNight = 2,

    /// <summary>There is nobody to let the room to.</summary>
    NoAdult = 4,

    NegativeRate = 8,
}
