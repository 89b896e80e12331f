using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using TravelHub.Grains.EventLog;
using TravelHub.Grains.Reservations;

namespace TravelHub.Grains.Faults.Mutants;

/// <summary>Bugs of the log, of what is written beside it, and of its readers.</summary>
internal static class LogMutants
{
    public static readonly Mutant[] All =
    [
        Append("event-written-twice", append => append with
        {
            Events = [.. append.Events.SelectMany(e => Enumerable.Repeat(e, e is ReservationEvent.Confirmed ? 2 : 1))],
        }),
        Append("paid-not-written", append => append with { Events = [.. append.Events.Where(e => e is not ReservationEvent.Paid)] }),
        Append("own-row-left-behind", append => append.Guest is null ? append with { Reservation = null } : append),
        Append("nobody-is-to-wake-it", append => append.Reservation is { } row ? append with { Reservation = row with { WakeAt = null } } : append),
        Append("guest-not-kept", append => append with { Guest = null }),
        new("snapshot-an-event-short", silo => TravelHubFaults.Decorate<ISnapshots>(silo.Services, snapshots => new SnapshotAnEventShort(snapshots))),
        new("page-without-its-last", silo => silo.Services.AddSingleton<LogReader, PageWithoutItsLast>()),
        new("books-without-refunds", silo => silo.Services.AddSingleton<LogReader, BooksWithoutRefunds>()),
    ];

    private static Mutant Append(string name, Func<StreamAppend, StreamAppend> spoil) =>
        new(name, silo => TravelHubFaults.Decorate<IEventLog>(silo.Services, log => new SpoiledEventLog(log, spoil)));

    private sealed class SpoiledEventLog(IEventLog log, Func<StreamAppend, StreamAppend> spoil) : IEventLog
    {
        public IAsyncEnumerable<LoggedEvent> Read(string stream, long afterVersion, CancellationToken cancellationToken) =>
            log.Read(stream, afterVersion, cancellationToken);

        public Task Append(StreamAppend append) => log.Append(spoil(append));
    }

    /// <summary>A snapshot is said to be of one version later than it is.</summary>
    private sealed class SnapshotAnEventShort(ISnapshots snapshots) : ISnapshots
    {
        public Task<(long Version, string Payload)?> Load(string stream, int shape, CancellationToken cancellationToken) =>
            snapshots.Load(stream, shape, cancellationToken);

        public Task Save(string stream, long version, int shape, string payload) => snapshots.Save(stream, version + 1, shape, payload);
    }

    /// <summary>Readers go on behind a page whose last event they were not given.</summary>
    private sealed class PageWithoutItsLast(NpgsqlDataSource database) : LogReader(database)
    {
        public override async Task<LogPage> Read(LogCursor after, int limit, string[] types, CancellationToken cancellationToken)
        {
            var page = await base.Read(after, limit, types, cancellationToken);
            return page.Events.Count > 1 ? page with { Events = [.. page.Events.SkipLast(1)] } : page;
        }
    }

    /// <summary>Only what comes in is booked.</summary>
    private sealed class BooksWithoutRefunds(NpgsqlDataSource database) : LogReader(database)
    {
        public override async Task<LogPage> Read(LogCursor after, int limit, string[] types, CancellationToken cancellationToken)
        {
            var page = await base.Read(after, limit, types, cancellationToken);
            return page with { Events = [.. page.Events.Where(e => e.Logged.Event is not ReservationEvent.Refunded)] };
        }
    }
}
