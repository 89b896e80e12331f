using System.ComponentModel.DataAnnotations;

namespace TravelHub.Grains.Inventory;

/// <summary>How inventory minds its holds.</summary>
public sealed class InventoryOptions
{
    /// <summary>How often it looks for holds whose time is up and asks their reservations.</summary>
    /// <value>Default 5 s; 10 ms to 10 min. Rooms of a lapsed hold come back at most this much late.</value>
    [Range(typeof(TimeSpan), "00:00:00.010", "00:10:00")]
    public TimeSpan AskPeriod { get; set; } = TimeSpan.FromSeconds(5);
}
