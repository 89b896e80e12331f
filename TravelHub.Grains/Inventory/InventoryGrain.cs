using System.Collections.Immutable;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Orleans.Concurrency;
using TravelHub.Grains.Abstractions.Inventory;
using TravelHub.Grains.Abstractions.Reservations;
using TravelHub.Grains.EventLog;

namespace TravelHub.Grains.Inventory;

/// <summary>Gives out the rooms of one room type. Reentrant, so that one commit serves all calls that wait for it.</summary>
[Reentrant]
internal sealed class InventoryGrain(
    IEventLog log, ISnapshots snapshots, PendingStays pendingStays, TimeProvider time, IOptions<InventoryOptions> options, ILogger<InventoryGrain> logger)
    : Grain, IInventoryGrain
{
    private readonly Dictionary<HoldId, Task> _asking = [];
    private InventoryState _state = new();
    private StreamAppender _stream = null!;
    private long _snapshotVersion;
    private IGrainTimer _alarm = null!;
    private bool _isAlarmSet;

    private string StreamName => $"inventory/{this.GetPrimaryKeyString()}";

    public override async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        if (await snapshots.Load(StreamName, InventorySnapshot.Shape, cancellationToken) is var (snapshotVersion, payload))
            (_state, _snapshotVersion) = (InventorySnapshot.Read(payload), snapshotVersion);
        var version = _snapshotVersion;
        await foreach (var logged in log.Read(StreamName, version, cancellationToken))
        {
            InventoryMachine.Apply(_state, (InventoryEvent)logged.Event);
            version = logged.Version;
        }

        _stream = new StreamAppender(log, StreamName, version);
        _alarm = this.RegisterGrainTimer(
            Attend, new GrainTimerCreationOptions(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan) { Interleave = true });
        if (version > 0)
            await CatchUp(cancellationToken);
        SetAlarm();
    }

    public override async Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        if (_stream is { IsBroken: false })   // null where the activation itself failed
            await WriteWaiting();
    }

    public async Task<HoldOutcome> PlaceHold(HoldId id, Nights nights, int rooms, DateTimeOffset until)
    {
        if (_state.Ended.ContainsKey(id))
            InventoryMachine.Forget(_state, time.GetUtcNow());   // nothing else may ring the alarm that does it
        var decision = InventoryMachine.PlaceHold(_state, id, nights, rooms, until);
        if (decision.Outcome is HoldOutcome.SoldOut && AskOverdue() is { Length: > 0 } asked)
        {
            // Nobody loses a room to a hold whose time is up, but for as long as its reservation may take to say so.
            await Task.WhenAll(asked).WaitAsync(options.Value.AskPeriod, time).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
            decision = InventoryMachine.PlaceHold(_state, id, nights, rooms, until);
        }

        return await Commit(decision);
    }

    public Task Settle(HoldId id, HoldRuling ruling) => Commit((ruling, InventoryMachine.Settle(_state, id, ruling)));

    public Task Hear(HoldId id, HoldRuling ruling)
    {
        if (ruling.Fate != HoldFate.Sold)
            return Settle(id, ruling);
        var events = InventoryMachine.Settle(_state, id, ruling);
        Apply(events);
        _stream.CommitLater(events);
        SetAlarm();
        return Task.CompletedTask;
    }

    public Task<long> CapacityVersion() => Task.FromResult(_state.CapacityVersion);

    public Task<CapacityOutcome> SetCapacity(Nights? range, int rooms, int allowance, long version)
    {
        if (version != _state.CapacityVersion)
            return Commit<CapacityOutcome>((new CapacityOutcome.Overtaken(_state.CapacityVersion), []));
        InventoryMachine.Forget(_state, time.GetUtcNow());   // nights that are over hold up nobody
        return Commit(InventoryMachine.SetCapacity(_state, range, rooms, allowance));
    }

    public Task<ImmutableArray<int>> Availability(Nights nights) =>
        Task.FromResult(nights.Each().Select(night => Math.Max(_state.LeftOn(night), 0)).ToImmutableArray());

    // Requests that the log knows come first, in its order; whoever calls from now on comes after them. What was decided meanwhile is read by the resync.
    private async Task CatchUp(CancellationToken cancellationToken)
    {
        GrainFactory.GetGrain<IResyncGrain>(0).Wake().Ignore();
        var now = time.GetUtcNow();
        var asked = new List<HoldId>();
        var events = new List<InventoryEvent>();
        foreach (var (hold, nights, rooms, until) in await pendingStays.Of(this.GetPrimaryKeyString(), cancellationToken))
        {
            if (until <= now || _state.Held.ContainsKey(hold) || _state.Sold.ContainsKey(hold) || _state.Ended.ContainsKey(hold))
                continue;
            asked.Add(hold);
            foreach (var happened in InventoryMachine.PlaceHold(_state, hold, nights, rooms, until).Events)
            {
                InventoryMachine.Apply(_state, happened);
                events.Add(happened);
            }
        }

        if (events.Count > 0)
            await _stream.Commit(events);
        foreach (var hold in asked)
            GrainFactory.GetGrain<IReservationGrain>(hold.Reservation).Resume().Ignore();
    }

    // Rung only while there is something to wait for: room types at rest cost nothing.
    private void SetAlarm()
    {
        if (_isAlarmSet || (_state.Held.Count == 0 && !_stream.HasWaiting))
            return;
        _isAlarmSet = true;
        _alarm.Change(options.Value.AskPeriod, Timeout.InfiniteTimeSpan);
    }

    private async Task Attend(CancellationToken _)
    {
        InventoryMachine.Forget(_state, time.GetUtcNow());
        AskOverdue();   // one that takes its time holds up neither the others nor the alarm
        await WriteWaiting();
        _isAlarmSet = false;
        SetAlarm();
    }

    private Task[] AskOverdue()
    {
        foreach (var hold in InventoryMachine.Due(_state, time.GetUtcNow()).Where(hold => !_asking.ContainsKey(hold.Hold)).ToArray())
        {
            var asking = Ask(hold);
            if (!asking.IsCompleted)
                _asking[hold.Hold] = asking;
        }

        return [.. _asking.Values];
    }

    // Only the reservation's stream decides: no answer, and the hold stays until the next time.
    private async Task Ask(InventoryEvent.Held hold)
    {
        try
        {
            var reservation = GrainFactory.GetGrain<IReservationGrain>(hold.Hold.Reservation);
            await Settle(hold.Hold, await reservation.RuleOnHold(hold.Hold.Stay, this.GetPrimaryKeyString(), hold.Nights, hold.Rooms));
        }
        catch (Exception e)
        {
            logger.LogWarning(e, "Reservation {Reservation} does not say what became of its hold; it stays", hold.Hold.Reservation);
        }
        finally
        {
            _asking.Remove(hold.Hold);
        }
    }

    private async Task WriteWaiting()
    {
        if (!_stream.HasWaiting)
            return;
        try
        {
            await Commit((Outcome: true, Events: []));
        }
        catch (Exception e)
        {
            logger.LogWarning("Sales of {Stream} were not written; their holds are asked about: {Error}", StreamName, e.Message);
        }
    }

    private void Apply(InventoryEvent[] events)
    {
        foreach (var happened in events)
            InventoryMachine.Apply(_state, happened);
    }

    // Memory moves first, so that the calls behind this one decide on what will be; any answer, a refusal too, leaves only when the log agrees.
    private async Task<T> Commit<T>((T Outcome, InventoryEvent[] Events) decision)
    {
        Apply(decision.Events);
        SetAlarm();
        try
        {
            await _stream.Commit(decision.Events);
            if (InventorySnapshot.IsDue(_state, _stream.DecidedVersion - _snapshotVersion, options.Value.EventsPerSnapshot))
                KeepSnapshot().Ignore();
            return decision.Outcome;
        }
        catch when (_stream.IsBroken)
        {
            DeactivateOnIdle();   // what this activation remembers is not what the log says
            throw;
        }
    }

    // What memory knows now is kept once the log knows it too.
    private async Task KeepSnapshot()
    {
        InventoryMachine.Forget(_state, time.GetUtcNow());
        var version = _snapshotVersion = _stream.DecidedVersion;
        var payload = InventorySnapshot.Write(_state);
        try
        {
            await _stream.WrittenSoFar();
            await snapshots.Save(StreamName, version, InventorySnapshot.Shape, payload);
        }
        catch (Exception e)
        {
            logger.LogWarning("No snapshot of {Stream} was kept: {Error}", StreamName, e.Message);
        }
    }
}
