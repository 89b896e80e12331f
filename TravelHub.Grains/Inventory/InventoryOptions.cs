using System.ComponentModel.DataAnnotations;

namespace TravelHub.Grains.Inventory;

/// <summary>How inventory minds its holds.</summary>
public sealed class InventoryOptions
{
    /// <summary>How often it looks for holds whose time is up and asks their reservations, and writes sales that no other event took along.</summary>
    /// <value>Default 1 s; 10 ms to 10 min. Rooms of a lapsed hold come back at most this much late.</value>
    [Range(typeof(TimeSpan), "00:00:00.010", "00:10:00")]
    public TimeSpan AskPeriod { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>How often the log is read for decisions that inventories have not heard of.</summary>
    /// <value>Default 10 s; 1 s to 10 min. What a reservation decided while its inventory was away takes effect at most this much late.</value>
    [Range(typeof(TimeSpan), "00:00:01", "00:10:00")]
    public TimeSpan ResyncPeriod { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>After how many events of a room type at least its state is kept, so that an activation need not read them.</summary>
    /// <value>Default 1,000; 10 to 1,000,000. An activation reads at most about twice as many, or half as many as there are holds and sales.</value>
    [Range(10, 1_000_000)]
    public int EventsPerSnapshot { get; set; } = 1_000;
}
