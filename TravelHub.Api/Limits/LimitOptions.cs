using System.ComponentModel.DataAnnotations;

namespace TravelHub.Api.Limits;

/// <summary>How much is taken in; bound from the section <c>Limits</c>.</summary>
internal sealed class LimitOptions
{
    /// <summary>Requests a second of one caller: a key's owner, or an address without a key.</summary>
    /// <value>Default 20,000; 1 to 1,000,000. More than one gateway answers on a small machine: it is there to be set lower.</value>
    [Range(1, 1_000_000)]
    public int RequestsPerSecond { get; set; } = 20_000;

    /// <summary>Requests that a caller who was quiet may send at once.</summary>
    /// <value>Default 40,000; 1 to 10,000,000.</value>
    [Range(1, 10_000_000)]
    public int Burst { get; set; } = 40_000;

    /// <summary>Requests under way at the same time, of all callers. As it fills, the less important are turned away first.</summary>
    /// <value>
    /// Default 1,024; 10 to 1,000,000. Payments get all of it, bookings 90 %, searches and reads 70 %, analytics 40 %. Too many, and under overload
    /// each is answered too late to be of use; too few, and a cluster that hangs fills it before its breaker opens (14 s of writes).
    /// </value>
    [Range(10, 1_000_000)]
    public int MostUnderWay { get; set; } = 1_024;

    /// <summary>Streams that one caller may hold open.</summary>
    /// <value>Default 32; 1 to 100,000.</value>
    [Range(1, 100_000)]
    public int StreamsPerCaller { get; set; } = 32;

    /// <summary>Streams that are open at a time, of all callers.</summary>
    /// <value>Default 512; 1 to 100,000. Each costs the cluster a read a second.</value>
    [Range(1, 100_000)]
    public int MostStreams { get; set; } = 512;
}
