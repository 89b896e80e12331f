using System.Collections.Concurrent;
using Microsoft.Extensions.Options;
using TravelHub.Grains.Abstractions;

namespace TravelHub.Api.Intake;

/// <summary>
/// Keeps requests on the gateway's own disk that the cluster cannot take now, or may not have taken. Which reservations have any is known in
/// memory, so that all others cost nothing.
/// </summary>
internal sealed class KeptRequests(IntakeFile file, IntakeSeal seal, IOptions<IntakeOptions> options, TimeProvider time) : IHostedService, IDisposable
{
    private readonly ConcurrentDictionary<Guid, int> _waiting = new();
    private readonly ConcurrentDictionary<Guid, int> _refused = new();
    private readonly SemaphoreSlim _somethingWaits = new(0);
    private FileStream? _lock;
    private Microsoft.Data.Sqlite.SqliteConnection? _connection;
    private IntakeWriter? _writer;
    private int _waitingRequests;
    private long _kept, _delivered, _refusals;

    /// <summary>Whether requests are kept at all.</summary>
    public bool IsOn => options.Value.Folder is { Length: > 0 };

    public ICollection<Guid> Waiting => _waiting.Keys;

    public IntakeStatus Status => new(
        IsOn, Volatile.Read(ref _waitingRequests), Interlocked.Read(ref _kept), Interlocked.Read(ref _delivered), Interlocked.Read(ref _refusals));

    /// <summary>Whether something of this reservation waits for delivery.</summary>
    public bool Waits(Guid reservation) => _waiting.ContainsKey(reservation);

    /// <summary>Whether there is something to tell of this reservation.</summary>
    public bool Knows(Guid reservation) => Waits(reservation) || _refused.ContainsKey(reservation);

    /// <summary>Keeps a request; it is on the disk when this returns.</summary>
    /// <exception cref="Exception">It is not kept.</exception>
    public async Task<KeepOutcome> Keep(KeptRequest request)
    {
        if (Volatile.Read(ref _waitingRequests) >= options.Value.MostWaiting)
            throw new IOException("The intake is full.");
        var outcome = await Writer().Commit(rows => rows.Keep(request));
        if (outcome == KeepOutcome.Kept)
        {
            Interlocked.Increment(ref _kept);
            Count(request.Reservation, 1);
        }

        return outcome;
    }

    /// <summary>All that is known of a reservation, in the order of arrival.</summary>
    public IReadOnlyList<KeptRequest> Of(Guid reservation)
    {
        using var connection = file.OpenForReading();
        return new IntakeRows(connection, seal).Of(reservation);
    }

    /// <summary>The cluster has taken it, or has refused it for good. Its command is deleted.</summary>
    public async Task End(KeptRequest request, Refusal? refusal)
    {
        var now = time.GetUtcNow();
        await Writer().Commit(rows =>
        {
            rows.End(request, refusal, now);
            if (refusal is not null)
                rows.ForgetRefused(now - options.Value.TellRefusedFor);
            return true;
        });
        Interlocked.Increment(ref refusal is null ? ref _delivered : ref _refusals);
        if (refusal is not null)
            _refused[request.Reservation] = 1;
        Count(request.Reservation, -1);
    }

    public Task UntilSomethingWaits(CancellationToken cancellationToken) =>
        _waiting.IsEmpty ? _somethingWaits.WaitAsync(cancellationToken) : Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        if (!IsOn)
            return Task.CompletedTask;
        file.MakeFolder();
        _lock = file.Lock();
        seal.MakeKey();
        _connection = file.OpenForWriting();
        var rows = new IntakeRows(_connection, seal);
        rows.ForgetRefused(time.GetUtcNow() - options.Value.TellRefusedFor);
        foreach (var (reservation, isWaiting) in rows.All())
        {
            if (isWaiting)
                Count(reservation, 1);
            else
                _refused[reservation] = 1;
        }

        _writer = new IntakeWriter(rows);
        _writer.Start();
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public void Dispose()
    {
        _writer?.Dispose();
        if (IsOn && _connection is not null)
            file.CloseReaders();
        _connection?.Dispose();
        _lock?.Dispose();
        _somethingWaits.Dispose();
    }

    private IntakeWriter Writer() => _writer ?? throw new IOException("The intake is not open.");

    private void Count(Guid reservation, int change)
    {
        Interlocked.Add(ref _waitingRequests, change);
        if (_waiting.AddOrUpdate(reservation, change, (_, n) => n + change) <= 0)
            _waiting.TryRemove(new KeyValuePair<Guid, int>(reservation, 0));
        else if (change > 0 && _somethingWaits.CurrentCount == 0)
            _somethingWaits.Release();
    }
}

/// <param name="Waiting">Requests that wait for delivery.</param>
/// <param name="Kept">Since the start; so are the others.</param>
internal sealed record IntakeStatus(bool IsOn, int Waiting, long Kept, long Delivered, long Refused);
