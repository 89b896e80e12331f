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

        var outcomes = await Task.WhenAll(definition.RoomTypes.Select(async roomType =>
            (roomType.Code, Outcome: await Inventory(id, roomType.Code).SetCapacity(null, roomType.Rooms, allowance: 0))));
        foreach (var (code, outcome) in outcomes)
        {
            if (outcome is CapacityOutcome.TooLow(var nights))
                return CapacityTooLow(code, nights);
        }

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
        var (nightly, why) = quotes.Read(stay, property.Currency, stay.AskedAt ?? now);
        return why is null ? Task.FromResult(PropertyMachine.Price(property, stay, nightly, now)) : Refused(why);
    }

    public static Refusal CapacityTooLow(string roomType, ImmutableArray<DateOnly> nights) => new(
        "capacity-too-low",
        $"'{roomType}' has more rooms held and sold than that on {nights.Length} nights: {string.Join(", ", nights.Take(10).Select(n => n.ToString("yyyy-MM-dd")))}{(nights.Length > 10 ? ", …" : "")}. Keep at least those, or cancel first.");

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
