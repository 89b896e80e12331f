using System.Collections.Immutable;
using TravelHub.Grains.Abstractions;
using TravelHub.Grains.Abstractions.Catalog;
using TravelHub.Grains.Abstractions.Inventory;

namespace TravelHub.Grains.Catalog;

/// <summary>One property's entry. What it lists elsewhere is arranged before the entry, so that a crash leaves nothing that a repeat does not mend.</summary>
internal sealed class PropertyGrain(
    [PersistentState("property", GrainStorageNames.Catalog)] IPersistentState<PropertyEntry> entry, QuoteSigner quotes, TimeProvider time)
    : Grain, IPropertyGrain
{
    public async Task<Refusal?> Put(PropertyDefinition definition)
    {
        var id = this.GetPrimaryKeyString();
        var before = entry.State.Definition;
        await GrainFactory.GetGrain<IDestinationGrain>(definition.Destination).Add(id);

        if (await SetCapacities(id, definition, before) is { } tooLow)
            return tooLow;
        await Store(definition, before);
        if (before is not null && before.Destination != definition.Destination)
            await GrainFactory.GetGrain<IDestinationGrain>(before.Destination).Remove(id);
        return null;
    }

    public Task<PropertyDefinition?> Get() => Task.FromResult(entry.State.Definition);

    public Task<PricingOutcome> Price(StayRequest stay)
    {
        if (entry.State.Definition is not { } property)
            return Refused(new Refusal("unknown-property", $"There is no property '{stay.PropertyId}'."));

        var now = time.GetUtcNow();
        if (stay.Quote is null)
            return Task.FromResult(PropertyMachine.Price(property, stay, quoted: null, now));
        var (quoted, why) = quotes.Read(stay, property.Currency, stay.AskedAt ?? now);
        return why is null ? Task.FromResult(PropertyMachine.Price(property, stay, quoted, now)) : Refused(why);
    }

    public static Refusal CapacityTooLow(string roomType, ImmutableArray<DateOnly> nights) => new(
        "capacity-too-low",
        $"'{roomType}' has more rooms held and sold than that on {nights.Length} nights: {string.Join(", ", nights.Take(10).Select(n => n.ToString("yyyy-MM-dd")))}{(nights.Length > 10 ? ", …" : "")}. Keep at least those, or cancel first.");

    // First what is lowered, as far as the entry knows: it may be refused. What is set when another is refused is set back to what it was.
    private async Task<Refusal?> SetCapacities(string id, PropertyDefinition definition, PropertyDefinition? before)
    {
        var lowered = definition.RoomTypes.Where(r => r.Rooms < before?.RoomTypes.FirstOrDefault(b => b.Code == r.Code)?.Rooms).ToArray();
        var outcomes = new List<(string Code, CapacityOutcome Outcome)>();
        foreach (var some in new[] { lowered, [.. definition.RoomTypes.Except(lowered)] })
        {
            outcomes.AddRange(await Task.WhenAll(some.Select(async r => (r.Code, await Inventory(id, r.Code).SetCapacity(null, r.Rooms, allowance: 0)))));
            if (outcomes.Find(o => o.Outcome is CapacityOutcome.TooLow) is not { Outcome: CapacityOutcome.TooLow(var nights), Code: var refused })
                continue;
            await Task.WhenAll(outcomes.Select(o => o.Outcome is CapacityOutcome.Set(var rooms, var allowance)
                ? Inventory(id, o.Code).SetCapacity(null, rooms, allowance)   // refused where what was added is sold already: it stays
                : Task.CompletedTask));
            return CapacityTooLow(refused, nights);
        }

        // Nobody can book what is left out, so none of it is on offer; the allowance has room for what is sold already, which stays.
        var leftOut = before?.RoomTypes.Where(b => definition.RoomTypes.All(r => r.Code != b.Code)) ?? [];
        await Task.WhenAll(leftOut.Select(b => Inventory(id, b.Code).SetCapacity(null, rooms: 0, allowance: b.Rooms)));
        return null;
    }

    // An entry that is not known to be stored is not served.
    private async Task Store(PropertyDefinition definition, PropertyDefinition? before)
    {
        entry.State.Definition = definition;
        try
        {
            await entry.WriteStateAsync();
        }
        catch
        {
            entry.State.Definition = before;
            DeactivateOnIdle();   // the next activation reads what is stored
            throw;
        }
    }

    private IInventoryGrain Inventory(string property, string roomType) => GrainFactory.GetGrain<IInventoryGrain>($"{property}/{roomType}");

    private static Task<PricingOutcome> Refused(Refusal why) => Task.FromResult<PricingOutcome>(new PricingOutcome.Refused(why));
}
