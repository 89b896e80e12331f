using TravelHub.Grains.Inventory;
using TravelHub.Grains.Reservations;

namespace TravelHub.Lab.Simulation;

/// <summary>Judges a world at rest by its log, its provider, and what customers were told.</summary>
internal static class WorldChecks
{
    /// <exception cref="SimulationFailure">A promise was broken.</exception>
    public static void Check(World world)
    {
        var ended = world.Ids.ToDictionary(id => id, id => Replay(world, id));
        foreach (var (id, state) in ended)
        {
            CheckEnd(id, state);
            CheckMoney(world, id, state);
            if (world.ToldConfirmed.Contains(id) && !world.Log.Read(SimulatedMemory.StreamOf(id)).OfType<ReservationEvent.Confirmed>().Any())
                throw new SimulationFailure($"{id} was told that it is confirmed, and the log never knew");
            if (world.ToldConfirmed.Contains(id) && !world.AskedToCancel.Contains(id) && state.Phase != ReservationPhase.Confirmed)
                throw new SimulationFailure($"{id} was told that it is confirmed, and is {state.Phase}");
            if (world.ToldCancelling.Contains(id) && state.Phase != ReservationPhase.Cancelled)
                throw new SimulationFailure($"{id} was told that it is being cancelled, and is {state.Phase}");
        }

        foreach (var key in World.RoomTypes)
            CheckRooms(world, key, ended);
    }

    private static ReservationState Replay(World world, Guid id)
    {
        try
        {
            return world.Log.Read(SimulatedMemory.StreamOf(id)).Cast<ReservationEvent>().Aggregate(new ReservationState(id), ReservationHistory.Evolve);
        }
        catch (InvalidOperationException e)
        {
            throw new SimulationFailure($"{id} cannot be replayed: {e.Message}");
        }
    }

    private static void CheckEnd(Guid id, ReservationState state)
    {
        if (state.Phase is ReservationPhase.Pending or ReservationPhase.Cancelling or ReservationPhase.Held or ReservationPhase.Declined)
            throw new SimulationFailure($"{id} never ends: it is {state.Phase}");
    }

    private static void CheckMoney(World world, Guid id, ReservationState state)
    {
        var (captures, captured, refunded) = world.Provider.Of(id);
        if (captures > 1)
            throw new SimulationFailure($"{id} was charged {captures} times");
        var kept = state.Phase == ReservationPhase.Confirmed ? state.Total!.Value.AmountMinor : 0;
        if (captured - refunded != kept)
            throw new SimulationFailure($"{id} is {state.Phase}: {captured} was captured and {refunded} given back, and {kept} is due");
    }

    private static void CheckRooms(World world, string key, Dictionary<Guid, ReservationState> ended)
    {
        var state = new InventoryState();
        try
        {
            foreach (var happened in world.Log.Read(SimulatedInventory.StreamOf(key)))
                InventoryMachine.Apply(state, (InventoryEvent)happened);   // throws where a night is over its capacity
        }
        catch (Exception e) when (e is InvalidOperationException or ArgumentException)
        {
            throw new SimulationFailure($"{key} cannot be replayed: {e.Message}");
        }

        if (state.Held.Count > 0)
            throw new SimulationFailure($"{key} holds rooms for {state.Held.First().Key} for ever");
        var due = ended.Values.Where(one => one.Phase == ReservationPhase.Confirmed)
            .SelectMany(one => one.Request!.Stays.Select((stay, i) => (Id: one.Hold(i), Key: stay.InventoryKey())))
            .Where(hold => hold.Key == key).Select(hold => hold.Id).ToHashSet();
        if (!due.SetEquals(state.Sold.Keys))
            throw new SimulationFailure($"{key} has sold {state.Sold.Count} stays, and {due.Count} are confirmed");
    }
}
