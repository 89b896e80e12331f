using System.ComponentModel.DataAnnotations;

namespace TravelHub.Grains.EventLog;

/// <summary>How a silo writes the log.</summary>
public sealed class EventLogOptions
{
    /// <summary>Connections that write batches at the same time.</summary>
    /// <value>Default 1; 1 to 16. While one batch waits for the disk the next fills; a second connection halves what each commit serves.</value>
    [Range(1, 16)]
    public int Writers { get; set; } = 1;

    /// <summary>How long a busy silo's batch follows the one before it at the earliest, so that each commit serves more appends.</summary>
    /// <value>
    /// Default 6 ms; 0 to 1 s. A silo is busy while its last batch held <see cref="BusyFrom"/> appends or more: one caller alone hardly waits for company.
    /// Longer, and a machine with time to spare answers later for nothing.
    /// </value>
    [Range(typeof(TimeSpan), "00:00:00", "00:00:01")]
    public TimeSpan Gathering { get; set; } = TimeSpan.FromMilliseconds(6);

    /// <summary>Appends in a batch that make the silo a busy one; see <see cref="Gathering"/>.</summary>
    /// <value>Default 2; 1 to 4,096. One booking alone has two under way at once at most, and its next one comes some milliseconds after them anyway.</value>
    [Range(1, 4096)]
    public int BusyFrom { get; set; } = 2;

    /// <summary>How long after a question how streams begin the next one leaves at the earliest; those that come meanwhile share it.</summary>
    /// <value>Default 4 ms; 0 to 1 s. Every new booking asks once, beside asking for its price.</value>
    [Range(typeof(TimeSpan), "00:00:00", "00:00:01")]
    public TimeSpan QuestionsApart { get; set; } = TimeSpan.FromMilliseconds(4);

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
