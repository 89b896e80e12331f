using TravelHub.Grains.Abstractions;

namespace TravelHub.Grains.EventLog;

/// <summary>
/// Writes one stream for its grain: one append is in flight at most, and what is decided meanwhile goes together into the next. So a
/// busy grain pays one commit for many calls, and no call waits for more than two. Single-threaded, like the grain that owns it.
/// </summary>
internal sealed class StreamAppender(IEventLog log, string stream, long version)
{
    private long _written = version;
    private Batch _open = new();
    private bool _isWriting;
    private Task _lastWrite = Task.CompletedTask;

    /// <summary>Whether an append failed: memory has run ahead of the log, and the owner must drop itself.</summary>
    public bool IsBroken { get; private set; }

    /// <summary>Where the stream is, as far as this writer knows.</summary>
    public long WrittenVersion => _written;

    /// <summary>Where the stream will be when all that was handed over is durable: the version of its owner's memory.</summary>
    public long DecidedVersion { get; private set; } = version;

    /// <summary>Whether events wait for the next commit, and nobody has asked for one.</summary>
    public bool HasWaiting => _open is { IsWanted: false, Events.Count: > 0 };

    /// <summary>Completes when all that was handed over so far is durable; at once when nothing is under way. Fails as <see cref="Commit"/> does.</summary>
    public Task WrittenSoFar() => HasWaiting ? Commit([]) : _open.IsWanted ? _open.Durable.Task : _lastWrite;

    /// <summary>Hands over events that need no commit of their own: they go with the next one.</summary>
    public void CommitLater(IReadOnlyList<object> events)
    {
        _open.Events.AddRange(events);
        DecidedVersion += events.Count;
    }

    /// <summary>
    /// Completes when these events and all handed over before are durable. No events is a question too: it completes only if the stream
    /// is still where this writer left it, so that a refusal never rests on the memory of an activation that has been replaced.
    /// </summary>
    /// <param name="events">In order; may be empty.</param>
    /// <param name="reservation">The owner's row as it is after these events.</param>
    /// <param name="guest">Personal data to keep beside the first of them.</param>
    /// <exception cref="AppendRefusedException">Another writer was faster; nothing of this batch was written.</exception>
    /// <exception cref="LogUnavailableException">Unknown whether this batch was written.</exception>
    public Task Commit(IReadOnlyList<object> events, ReservationRow? reservation = null, GuestRow? guest = null)
    {
        var batch = _open;
        CommitLater(events);
        batch.Reservation = reservation ?? batch.Reservation;
        batch.Guest = guest ?? batch.Guest;
        batch.IsWanted = true;
        if (!_isWriting)
            _ = WriteWantedBatches();
        return batch.Durable.Task;
    }

    private async Task WriteWantedBatches()
    {
        _isWriting = true;
        while (_open.IsWanted)
        {
            var batch = _open;
            _open = new Batch();
            _lastWrite = batch.Durable.Task;
            try
            {
                if (IsBroken)
                    throw new AppendRefusedException();
                await log.Append(new StreamAppend(stream, _written, batch.Events, batch.Reservation, batch.Guest));
                _written += batch.Events.Count;
                batch.Durable.SetResult();
            }
            catch (Exception e)
            {
                IsBroken = true;
                batch.Durable.SetException(e);
            }
        }

        _isWriting = false;
    }

    private sealed class Batch
    {
        public List<object> Events { get; } = [];
        public ReservationRow? Reservation { get; set; }
        public GuestRow? Guest { get; set; }
        public TaskCompletionSource Durable { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
        public bool IsWanted { get; set; }
    }
}
