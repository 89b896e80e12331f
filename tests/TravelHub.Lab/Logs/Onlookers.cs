using Npgsql;
using TravelHub.Grains.EventLog;
using TravelHub.Grains.Faults;
using TravelHub.Lab.Checks;

namespace TravelHub.Lab.Logs;

/// <summary>Who looks on while a load lasts: a reader of the log, and the look at what nobody is to take up. Both go when the run does, however it ends.</summary>
internal sealed class Onlookers : IAsyncDisposable
{
    private readonly CancellationTokenSource _nothingMore = new();
    private readonly CancellationTokenSource _giveUp;
    private readonly SteadyReader _reader;
    private readonly Task _reading;
    private readonly Task _watching;

    /// <param name="plant">The bug that the run has, which may be a reader's; null for none.</param>
    public Onlookers(NpgsqlDataSource database, string? plant, TimeProvider time, CancellationToken cancellationToken)
    {
        _giveUp = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        _reader = new SteadyReader(plant == Plants.CursorOnIdAlone ? new PositionLogReader(database) : new LogReader(database), time);
        _reading = Task.Run(() => _reader.Run(_nothingMore.Token, _giveUp.Token), CancellationToken.None);
        Wake = new WakeWatch(database, time);
        _watching = Wake.Run(_nothingMore.Token);
    }

    public WakeWatch Wake { get; }

    /// <inheritdoc cref="SteadyReader.Seen"/>
    public IReadOnlyDictionary<(string Stream, long Version), int> Seen => _reader.Seen;

    /// <summary>Nothing more is written: the reader goes on to the end of the log.</summary>
    /// <param name="patience">How long that may take; what it has not seen then is missing.</param>
    public async Task End(TimeSpan patience)
    {
        await _nothingMore.CancelAsync();
        _giveUp.CancelAfter(patience);
        await ((Task)Task.WhenAll(_reading, _watching)).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    public async ValueTask DisposeAsync()
    {
        await End(TimeSpan.Zero);
        _giveUp.Dispose();
        _nothingMore.Dispose();
    }
}
