using Orleans.Concurrency;

namespace TravelHub.Grains.Abstractions.Analytics;

/// <summary>
/// Makes figures of the log and tells them. There is one, key 0, on a silo with the role <c>analytics</c>. Nothing waits for it: it reads the log
/// in its own time, and when it is away nobody but who asks for figures notices.
/// </summary>
[Alias("travelhub.analytics")]
public interface IAnalyticsGrain : IGrainWithIntegerKey
{
    /// <summary>Arranges the permanent reminder; harmless to repeat.</summary>
    [Alias("start")]
    Task Start();

    /// <summary>Reads on in the log for a while, at most to its horizon.</summary>
    /// <returns>How many events were read.</returns>
    /// <exception cref="AnalyticsAwayException">The database of the figures does not answer.</exception>
    [Alias("run")]
    Task<long> Run();

    /// <summary>How far the figures are.</summary>
    /// <exception cref="AnalyticsAwayException">The database of the figures does not answer.</exception>
    [Alias("progress"), AlwaysInterleave]
    Task<AnalyticsProgress> Progress();

    /// <summary>Figures by the day of booking.</summary>
    /// <exception cref="AnalyticsAwayException">The database of the figures does not answer, not in time, or has too many questions before it.</exception>
    [Alias("bookings"), AlwaysInterleave]
    Task<AnalyticsPage<BookingFigures>> Bookings(AnalyticsQuery query);

    /// <summary>Figures by the night of stay.</summary>
    /// <exception cref="AnalyticsAwayException">The database of the figures does not answer, not in time, or has too many questions before it.</exception>
    [Alias("nights"), AlwaysInterleave]
    Task<AnalyticsPage<NightFigures>> Nights(AnalyticsQuery query);
}
