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

    // What is lowered may be refused, and then what was lowered with it is raised again: a refusal changes nothing. What is raised comes last, as nothing refuses it.
    private async Task<Refusal?> SetCapacities(string id, PropertyDefinition definition, PropertyDefinition? before)
    {
        var lowered = definition.RoomTypes.Where(r => r.Rooms < RoomsBefore(r)).ToList();
        var outcomes = await Task.WhenAll(lowered.Select(async r => (RoomType: r, Outcome: await Inventory(id, r.Code).SetCapacity(null, r.Rooms, allowance: 0))));
        if (Array.Find(outcomes, o => o.Outcome is CapacityOutcome.TooLow) is { Outcome: CapacityOutcome.TooLow(var nights), RoomType: var refused })
        {
            await Task.WhenAll(outcomes.Where(o => o.Outcome is CapacityOutcome.Set)
                .Select(o => Inventory(id, o.RoomType.Code).SetCapacity(null, RoomsBefore(o.RoomType), allowance: 0)));
            return CapacityTooLow(refused.Code, nights);
        }

        var others = await Task.WhenAll(definition.RoomTypes.Except(lowered)
            .Select(async r => (r.Code, Outcome: await Inventory(id, r.Code).SetCapacity(null, r.Rooms, allowance: 0))));
        return Array.Find(others, o => o.Outcome is CapacityOutcome.TooLow) is { Outcome: CapacityOutcome.TooLow(var taken), Code: var code }
            ? CapacityTooLow(code, taken)   // only where rooms were added that the entry does not know of
            : null;

        int RoomsBefore(RoomType roomType) => before?.RoomTypes.FirstOrDefault(r => r.Code == roomType.Code)?.Rooms ?? 0;
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
