using TravelHub.Grains.Abstractions;

namespace TravelHub.Grains.EventLog;

/// <summary>The append-only log. A stream has one writer; its version is the fence against a second one.</summary>
public interface IEventLog
{
    /// <summary>The stream's events in order, from the first one after <paramref name="afterVersion"/>.</summary>
    IAsyncEnumerable<LoggedEvent> Read(string stream, long afterVersion, CancellationToken cancellationToken);

    /// <summary>Appends all events or none; with none it only checks the version. Completes when they are durable.</summary>
    /// <exception cref="AppendRefusedException">The stream is not at the expected version.</exception>
    /// <exception cref="LogUnavailableException">The log does not answer; the append may have taken effect.</exception>
    Task Append(StreamAppend append);
}

/// <summary>An event as it was stored.</summary>
/// <param name="Version">Its place in its stream, from 1.</param>
/// <param name="RecordedAt">When it was written, UTC.</param>
public sealed record LoggedEvent(long Version, string Type, object Event, DateTimeOffset RecordedAt);

/// <summary>What a stream's writer wants to add.</summary>
/// <param name="ExpectedVersion">Where the writer believes the stream to be; 0 for a new one.</param>
/// <param name="Reservation">The row of the owner's list, written in the same transaction.</param>
/// <param name="Guest">The guest's personal data, written in the same transaction.</param>
public sealed record StreamAppend(
    string Stream, long ExpectedVersion, IReadOnlyList<object> Events, ReservationRow? Reservation = null, GuestRow? Guest = null);

/// <summary>A reservation as its owner's list shows it.</summary>
/// <param name="WakeAt">When recovery looks at it, UTC; null once it has ended.</param>
/// <param name="View">The owner's view as JSON.</param>
public sealed record ReservationRow(
    Guid Id, string Owner, string Status, long Version, DateTimeOffset CreatedAt, DateTimeOffset? WakeAt, string View);

/// <summary>A guest's personal data.</summary>
public sealed record GuestRow(Guid Id, string Name, string Email);
