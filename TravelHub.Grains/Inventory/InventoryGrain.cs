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
    IEventLog log, TimeProvider time, IOptions<InventoryOptions> options, ILogger<InventoryGrain> logger) : Grain, IInventoryGrain
{
    private readonly InventoryState _state = new();
    private StreamAppender _stream = null!;

    public override async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        var stream = $"inventory/{this.GetPrimaryKeyString()}";
        var version = 0L;
        await foreach (var logged in log.Read(stream, afterVersion: 0, cancellationToken))
        {
            InventoryMachine.Apply(_state, (InventoryEvent)logged.Event);
            version = logged.Version;
        }

        _stream = new StreamAppender(log, stream, version);
        this.RegisterGrainTimer(AskDueHolds, new GrainTimerCreationOptions(TimeSpan.Zero, options.Value.AskPeriod) { Interleave = true });
    }

    public Task<HoldOutcome> PlaceHold(HoldId id, Nights nights, int rooms, DateTimeOffset until) =>
        Commit(InventoryMachine.PlaceHold(_state, id, nights, rooms, until));

    public Task Settle(HoldId id, HoldRuling ruling) => Commit((ruling, InventoryMachine.Settle(_state, id, ruling)));

    public Task<CapacityOutcome> SetCapacity(Nights? range, int rooms, int allowance) =>
        Commit(InventoryMachine.SetCapacity(_state, range, rooms, allowance));

    public Task<ImmutableArray<int>> Availability(Nights nights) =>
        Task.FromResult(nights.Each().Select(night => Math.Max(_state.LeftOn(night), 0)).ToImmutableArray());

    // Only the reservation's stream decides: no answer, and the hold stays until the next time.
    private async Task AskDueHolds(CancellationToken _)
    {
        await Task.WhenAll(InventoryMachine.Due(_state, time.GetUtcNow()).Select(Ask));

        async Task Ask(HoldId id)
        {
            try
            {
                await Settle(id, await GrainFactory.GetGrain<IReservationGrain>(id.Reservation).RuleOnHold(id.Stay));
            }
            catch (Exception e)
            {
                logger.LogWarning(e, "Reservation {Reservation} does not say what became of its hold; it stays", id.Reservation);
            }
        }
    }

    // Memory moves first, so that the calls behind this one decide on what will be; any answer, a refusal too, leaves only when the log agrees.
    private async Task<T> Commit<T>((T Outcome, InventoryEvent[] Events) decision)
    {
        foreach (var happened in decision.Events)
            InventoryMachine.Apply(_state, happened);
        try
        {
            await _stream.Commit(decision.Events);
            return decision.Outcome;
        }
        catch when (_stream.IsBroken)
        {
            DeactivateOnIdle();   // what this activation remembers is not what the log says
            throw;
        }
    }
}
