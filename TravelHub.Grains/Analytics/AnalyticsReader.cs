using TravelHub.Grains.EventLog;
using TravelHub.Grains.Reservations;

namespace TravelHub.Grains.Analytics;

/// <summary>Brings the figures on, page by page. Any number of these may work at once: each page is counted by one of them.</summary>
/// <param name="log">Reads over connections that only analytics has.</param>
internal sealed class AnalyticsReader(AnalyticsDatabase database, LogReader log, int pageSize, TimeProvider time)
{
    private readonly AnalyticsStore _store = new(database.Figures);

    /// <summary>Reads one page and writes what it changes. A log of another epoch, as after a restore, is read from its beginning.</summary>
    /// <returns>How many events were counted, and whether the page reached the log's horizon.</returns>
    public async Task<(int Events, bool IsLast)> Step(CancellationToken cancellationToken)
    {
        await database.Prepare(cancellationToken);
        var place = await _store.Place(cancellationToken);
        var began = time.GetUtcNow();
        var (epoch, horizon) = await log.Epoch(cancellationToken);
        if (place.Epoch != epoch)
        {
            await _store.Reset(epoch, cancellationToken);
            return (0, false);
        }

        var page = await log.Read(place.Cursor, pageSize, AnalyticsMachine.Types, cancellationToken);
        var reservations = page.Events
            .Where(e => e.Logged.Event is ReservationEvent and not ReservationEvent.Requested)
            .Select(e => ReservationStreams.Id(e.Stream)).Distinct().ToArray();
        var changes = AnalyticsMachine.Project(await _store.Stays(reservations, cancellationToken), page.Events);
        var asOf = page.IsLast ? began - horizon : page.Events[^1].Logged.RecordedAt;
        asOf = place.AsOf > asOf ? place.AsOf.Value : asOf;   // a transaction may have begun before that, and written after it: what was true stays true
        var isWritten = await _store.Write(place, page.Next, page.Events.Count, asOf, changes, cancellationToken);
        return isWritten ? (page.Events.Count, page.IsLast) : (0, false);
    }

    /// <summary>Forgets all figures; the next steps read the log from its beginning.</summary>
    public async Task Restart(CancellationToken cancellationToken)
    {
        await database.Prepare(cancellationToken);
        await _store.Reset((await log.Epoch(cancellationToken)).Epoch, cancellationToken);
    }

    /// <summary>How many events of the log are not in the figures, up to 100,000.</summary>
    public async Task<ReaderLag> Lag(CancellationToken cancellationToken) =>
        await log.Lag((await _store.Place(cancellationToken)).Cursor, AnalyticsMachine.Types, cancellationToken);
}
