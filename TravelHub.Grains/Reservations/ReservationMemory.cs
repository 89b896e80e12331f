using TravelHub.Grains.EventLog;

namespace TravelHub.Grains.Reservations;

/// <summary>
/// What an activation knows of its reservation's stream, and its way to write there. Memory moves first, so that the calls behind one decide on
/// what will be; any answer, a refusal too, leaves only when the log agrees. Single-threaded, like the grain that owns it.
/// </summary>
/// <param name="drop">Called when memory and log have parted: the activation must go.</param>
internal sealed class ReservationMemory(IEventLog log, Guid id, TimeSpan resumeAfter, TimeProvider time, Action drop)
{
    private StreamAppender _stream = new(log, ReservationStreams.Name(id), version: 0);
    private Task? _read;

    public ReservationState State { get; private set; } = new(id);

    /// <summary>Whether the log refused what memory ran ahead with, or did not answer.</summary>
    public bool IsBroken => _stream.IsBroken;

    /// <summary>Whether the log has anything of it, as far as is known.</summary>
    public bool IsInTheLog => _stream.WrittenVersion > 0;

    /// <summary>Completes when memory is what the log says. The log is read once.</summary>
    public Task Read() => _read ??= ReadAll();

    /// <summary>The events as the log has them now.</summary>
    public IAsyncEnumerable<LoggedEvent> History() => log.Read(ReservationStreams.Name(id), afterVersion: 0, CancellationToken.None);

    /// <inheritdoc cref="StreamAppender.WrittenSoFar"/>
    public Task WrittenSoFar() => _stream.WrittenSoFar();

    /// <summary>Completes only if the log is still where this activation left it.</summary>
    public Task Fence() => Commit([]);

    /// <summary>Hands the answer back once the log agrees that nothing has happened since. Made before it is asked: what comes into memory meanwhile, the log may refuse.</summary>
    public async Task<T> Fenced<T>(T answer)
    {
        await Fence();
        return answer;
    }

    /// <returns>Whether the reservation is this owner's. A no is asked of the log: this activation may have been replaced by one that knows better.</returns>
    public async Task<bool> IsOwnedBy(string owner)
    {
        await Read();
        return State.Request?.Owner == owner || await Fenced(false);
    }

    /// <inheritdoc cref="StreamAppender.Commit"/>
    public async Task Commit(ReservationEvent[] events, GuestRow? guest = null)
    {
        foreach (var happened in events)
            State = ReservationHistory.Evolve(State, happened);
        try
        {
            await _stream.Commit(events, events.Length > 0 ? ReservationRows.Of(State, time.GetUtcNow(), resumeAfter) : null, guest);
            ReservationTelemetry.Written(events);
        }
        catch when (_stream.IsBroken)
        {
            drop();
            throw;
        }
    }

    private async Task ReadAll()
    {
        try
        {
            await foreach (var logged in History())
                State = ReservationHistory.Evolve(State, (ReservationEvent)logged.Event);
            _stream = new StreamAppender(log, ReservationStreams.Name(id), State.Version);
        }
        catch
        {
            drop();
            throw;
        }
    }
}
