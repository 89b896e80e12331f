namespace TravelHub.Lab.Workload;

/// <summary>A room type that the lab sells.</summary>
internal readonly record struct LabRoom(string PropertyId, string RoomType)
{
    /// <summary>The stream of its inventory.</summary>
    public string Stream => $"inventory/{PropertyId}/{RoomType}";
}

/// <summary>Rooms asked for: the nights [CheckIn, CheckIn + Nights) of a room type.</summary>
internal readonly record struct LabStay(LabRoom Room, DateOnly CheckIn, int Nights, int Rooms = 1);
