namespace TravelHub.Client.Replay;

/// <summary>The columns of the published data that the replay needs, by name.</summary>
internal static class DemandColumns
{
    public const int Hotel = 0;
    public const int IsCancelled = 1;
    public const int LeadTime = 2;
    public const int ArrivalYear = 3;
    public const int ArrivalMonth = 4;
    public const int ArrivalDay = 5;
    public const int WeekendNights = 6;
    public const int WeekNights = 7;
    public const int Adults = 8;
    public const int Children = 9;
    public const int Babies = 10;
    public const int RoomType = 11;
    public const int NightlyRate = 12;
    public const int Status = 13;
    public const int StatusDate = 14;

    /// <summary>The names, at the places that the numbers above give.</summary>
    public static IReadOnlyList<string> Names { get; } =
    [
        "hotel", "is_canceled", "lead_time", "arrival_date_year", "arrival_date_month", "arrival_date_day_of_month",
        "stays_in_weekend_nights", "stays_in_week_nights", "adults", "children", "babies", "reserved_room_type", "adr",
        "reservation_status", "reservation_status_date",
    ];
}
