using System.Collections.Immutable;
using TravelHub.Api.Cluster;
using TravelHub.Api.Monitoring;
using TravelHub.Grains.Abstractions.Monitoring;
using TravelHub.Grains.Abstractions.Reservations;

namespace TravelHub.Api.Operations;

/// <summary>What happened lately to bookings, by the log, and to components, by the detectors.</summary>
internal sealed class ActivityReads(ClusterCalls cluster, MonitoringReads monitoring)
{
    /// <param name="ofEach">How many of either kind, 1 to 200: a busy hour's bookings do not push out the one death that matters.</param>
    /// <returns>Newest first.</returns>
    public async ValueTask<ImmutableArray<Activity>> Read(int ofEach, CancellationToken cancellationToken)
    {
        var news = cluster.Call(grains => grains.GetGrain<IReservationListGrain>(0).News(ofEach), cancellationToken).AsTask();
        var detections = monitoring.Detections(null, ofEach, cancellationToken).AsTask();
        await Task.WhenAll(news, detections);
        return
        [
            .. (await news).Select(one => new Activity(one.At, one, Detection: null))
                .Concat((await detections).Select(one => new Activity(one.NoticedAt, News: null, one)))
                .OrderByDescending(one => one.At),
        ];
    }
}

/// <summary>Something that happened: news of a reservation, or a detection.</summary>
internal readonly record struct Activity(DateTimeOffset At, ReservationNews? News, DetectionView? Detection);
