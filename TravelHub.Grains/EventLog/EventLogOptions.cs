using System.ComponentModel.DataAnnotations;

namespace TravelHub.Grains.EventLog;

/// <summary>How a silo writes the log.</summary>
public sealed class EventLogOptions
{
    /// <summary>Connections that write batches at the same time.</summary>
    /// <value>Default 2; 1 to 16. One is filled while the other waits for the disk.</value>
    [Range(1, 16)]
    public int Writers { get; set; } = 2;

    /// <summary>Appends that go into one commit at most.</summary>
    /// <value>Default 256; 1 to 4,096.</value>
    [Range(1, 4096)]
    public int AppendsPerBatch { get; set; } = 256;

    /// <summary>Appends that may wait. A full queue refuses at once, so that load is felt at the door.</summary>
    /// <value>Default 10,000; at least <see cref="AppendsPerBatch"/>.</value>
    [Range(1, 1_000_000)]
    public int QueueCapacity { get; set; } = 10_000;

    /// <summary>How long a batch is tried again while the database is away, before its callers are told that the outcome is unknown.</summary>
    /// <value>Default 15 s; 0 to 10 min. Below the grains' response time-out, or callers hear of that instead.</value>
    [Range(typeof(TimeSpan), "00:00:00", "00:10:00")]
    public TimeSpan Patience { get; set; } = TimeSpan.FromSeconds(15);

    /// <summary>How old a transaction that writes may grow, in any database of the server, before the watchdog ends its session: it holds back the log's readers.</summary>
    /// <value>Default 60 s; 1 s to 1 day. Longer than the longest write that anyone runs on this server.</value>
    [Range(typeof(TimeSpan), "00:00:01", "1.00:00:00")]
    public TimeSpan OldestTransaction { get; set; } = TimeSpan.FromSeconds(60);

    /// <summary>How often the watchdog looks.</summary>
    /// <value>Default 10 s; 1 s to 1 h.</value>
    [Range(typeof(TimeSpan), "00:00:01", "01:00:00")]
    public TimeSpan WatchPeriod { get; set; } = TimeSpan.FromSeconds(10);
}
