using System.ComponentModel.DataAnnotations;

namespace TravelHub.Api.Intake;

/// <summary>Where and how requests are kept that the cluster cannot take now; bound from the section <c>Intake</c>.</summary>
internal sealed class IntakeOptions
{
    /// <summary>A folder of this gateway's own, on a disk that outlives it: the file of requests and the keys that open it.</summary>
    /// <value>Default none: nothing is kept, and a write that cannot be finished is answered 503.</value>
    public string? Folder { get; set; }

    /// <summary>Requests that may wait at the same time.</summary>
    /// <value>Default 1,000,000; 1 to 100,000,000. One takes about 2 KB of disk; beyond it, writes are answered 503.</value>
    [Range(1, 100_000_000)]
    public int MostWaiting { get; set; } = 1_000_000;

    /// <summary>Pause between two rounds of delivery while something waits.</summary>
    /// <value>Default 1 s; 10 ms to 10 min. What waits is delivered about this long after the cluster is back.</value>
    [Range(typeof(TimeSpan), "00:00:00.010", "00:10:00")]
    public TimeSpan DeliverEvery { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>Reservations that are delivered at the same time.</summary>
    /// <value>Default 8; 1 to 256. More would let what waited crowd out what comes in.</value>
    [Range(1, 256)]
    public int Deliverers { get; set; } = 8;

    /// <summary>How long a request is tried that the cluster answers with an error of its own, ever more rarely; then it is refused as undeliverable.</summary>
    /// <value>Default 24 h; 1 s to 30 days. While the cluster is away nothing counts.</value>
    [Range(typeof(TimeSpan), "00:00:01", "30.00:00:00")]
    public TimeSpan GiveUpAfter { get; set; } = TimeSpan.FromHours(24);

    /// <summary>How long a cancellation or payment of a reservation that the cluster does not know is tried: another gateway may yet bring the booking.</summary>
    /// <value>Default 10 min; 0 to 1 day. A gateway that meets errors tries its bookings every 5 min at least; while the cluster is away nothing counts.</value>
    [Range(typeof(TimeSpan), "00:00:00", "1.00:00:00")]
    public TimeSpan AwaitBookingFor { get; set; } = TimeSpan.FromMinutes(10);

    /// <summary>How long a request that was refused at delivery is still told of.</summary>
    /// <value>Default 7 days; 1 min to 365 days. Payment token and guest are deleted at once.</value>
    [Range(typeof(TimeSpan), "00:01:00", "365.00:00:00")]
    public TimeSpan TellRefusedFor { get; set; } = TimeSpan.FromDays(7);
}
