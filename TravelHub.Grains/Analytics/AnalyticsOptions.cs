using System.ComponentModel.DataAnnotations;

namespace TravelHub.Grains.Analytics;

/// <summary>How figures are made of the log, and how little they may take of what bookings need.</summary>
public sealed class AnalyticsOptions
{
    /// <summary>How often the log is read on.</summary>
    /// <value>Default 5 s; 1 s to 1 h. Figures are that much older than the log at rest.</value>
    [Range(typeof(TimeSpan), "00:00:01", "01:00:00")]
    public TimeSpan ReadPeriod { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>Events that are read, and written as figures, at once.</summary>
    /// <value>Default 500; 1 to 5,000. A page is one transaction, and while it writes the log's readers see nothing younger.</value>
    [Range(1, 5_000)]
    public int PageSize { get; set; } = 500;

    /// <summary>How long it rests after a page that was full, so that catching up takes no more than a part of a core.</summary>
    /// <value>Default 20 ms; 0 to 1 min.</value>
    [Range(typeof(TimeSpan), "00:00:00", "00:01:00")]
    public TimeSpan PauseBetweenPages { get; set; } = TimeSpan.FromMilliseconds(20);

    /// <summary>How long one reading goes on at most; the next period goes on from there.</summary>
    /// <value>Default 8 s; 1 s to 20 s. Below the grains' response time-out.</value>
    [Range(typeof(TimeSpan), "00:00:01", "00:00:20")]
    public TimeSpan RunFor { get; set; } = TimeSpan.FromSeconds(8);

    /// <summary>Connections of a silo to the figures' database; the log is read over two others.</summary>
    /// <value>Default 3; 2 to 50. More than <see cref="MostQueries"/>, or questions hold up the reader.</value>
    [Range(2, 50)]
    public int MostConnections { get; set; } = 3;

    /// <summary>Questions that are answered at the same time; who asks beyond that waits a second and is then told so.</summary>
    /// <value>Default 1; 1 to 40. Each takes up to a core while it lasts, from bookings too where there are few.</value>
    [Range(1, 40)]
    public int MostQueries { get; set; } = 1;

    /// <summary>The part of the time in which the database may be at work on a silo's questions; beyond that they wait a second and are then told so.</summary>
    /// <value>Default 0.1; 0.01 to 10, where 1 is one core. More, and who floods with questions takes it from bookings.</value>
    [Range(0.01, 10)]
    public double QueryShare { get; set; } = 0.1;

    /// <summary>How much of that time is saved up, so that a few questions after a pause are answered at once.</summary>
    /// <value>Default 1 s; 100 ms to 10 min. Longer, and a flood of questions takes that much at once before it is held to its share.</value>
    [Range(typeof(TimeSpan), "00:00:00.1", "00:10:00")]
    public TimeSpan QueryReserve { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>How long the database may work on one statement.</summary>
    /// <value>Default 5 s; 1 s to 1 min.</value>
    [Range(typeof(TimeSpan), "00:00:01", "00:01:00")]
    public TimeSpan StatementTimeout { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>How long the catalogue's word on where a property is holds good.</summary>
    /// <value>Default 1 h; 1 s to 30 days.</value>
    [Range(typeof(TimeSpan), "00:00:01", "30.00:00:00")]
    public TimeSpan DestinationsHoldFor { get; set; } = TimeSpan.FromHours(1);
}
