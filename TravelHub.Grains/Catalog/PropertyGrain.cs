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
    // What is known to be stored. Questions are answered while an entry is on its way, and nobody is to book at a price that may never be.
    private PropertyDefinition? _stored;
    private Vacancy _vacancy = null!;

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        _stored = entry.State.Definition;
        _vacancy = new Vacancy(this, () => _stored is null);
        return Task.CompletedTask;
    }

    public async Task<Refusal?> Put(PropertyDefinition definition, long version)
    {
        var id = this.GetPrimaryKeyString();
        while (true)
        {
            if (!await IsStill(version))
                return Overtaken(id);
            var before = _stored;
            string[] codes = [.. definition.RoomTypes.Concat(before?.RoomTypes ?? []).Select(r => r.Code).Distinct()];
            var known = (await Task.WhenAll(codes.Select(async code => (code, Version: await Inventory(id, code).CapacityVersion())))).ToDictionary(c => c.code, c => c.Version);
            // Asked once more, after the capacities: whoever has put the entry meanwhile, while this silo stood still, has set them too, and then none of them is set here.
            if (!await IsStill(version))
                return Overtaken(id);

            await GrainFactory.GetGrain<IDestinationGrain>(definition.Destination).Add(id);
            var (why, roomType) = await SetCapacities(id, definition, before, known);
            if (why is CapacityOutcome.Overtaken)
                continue;   // an operator has set one himself
            if (why is CapacityOutcome.TooLow(var nights))
                return CapacityTooLow(roomType, nights);
            await Store(definition);
            if (before is not null && before.Destination != definition.Destination)
                await GrainFactory.GetGrain<IDestinationGrain>(before.Destination).Remove(id);
            return null;
        }
    }

    public Task<long> Version() => Task.FromResult(entry.State.Version);

    public Task<PropertyDefinition?> Get()
    {
        _vacancy.Asked();
        return Task.FromResult(_stored);
    }

    public Task<PricingOutcome> Price(StayRequest stay)
    {
        _vacancy.Asked();
        if (_stored is not { } property)
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
    private async Task<(CapacityOutcome? Why, string RoomType)> SetCapacities(
        string id, PropertyDefinition definition, PropertyDefinition? before, Dictionary<string, long> known)
    {
        var lowered = definition.RoomTypes.Where(r => r.Rooms < before?.RoomTypes.FirstOrDefault(b => b.Code == r.Code)?.Rooms).ToArray();
        var outcomes = new List<(string Code, CapacityOutcome Outcome)>();
        foreach (var some in new[] { lowered, [.. definition.RoomTypes.Except(lowered)] })
        {
            outcomes.AddRange(await Task.WhenAll(some.Select(async r => (r.Code, await Inventory(id, r.Code).SetCapacity(null, r.Rooms, allowance: 0, known[r.Code])))));
            if (outcomes.Find(o => o.Outcome is not CapacityOutcome.Set) is not { Outcome: { } why, Code: var refused })
                continue;
            await Task.WhenAll(outcomes.Select(o => o.Outcome is CapacityOutcome.Set(var rooms, var allowance, var version)
                ? Inventory(id, o.Code).SetCapacity(null, rooms, allowance, version)   // refused where what was added is sold already: it stays
                : Task.CompletedTask));
            return (why, refused);
        }

        // Nobody can book what is left out, so none of it is on offer; the allowance has room for what is sold already, which stays.
        var leftOut = before?.RoomTypes.Where(b => definition.RoomTypes.All(r => r.Code != b.Code)) ?? [];
        var ends = await Task.WhenAll(leftOut.Select(async b => (b.Code, Outcome: await Inventory(id, b.Code).SetCapacity(null, rooms: 0, allowance: b.Rooms, known[b.Code]))));
        return Array.Find(ends, end => end.Outcome is CapacityOutcome.Overtaken) is { Outcome: { } overtaken, Code: var code } ? (overtaken, code) : default;
    }

    // The database is asked: this activation may have been replaced.
    private async Task<bool> IsStill(long version)
    {
        await entry.ReadStateAsync();
        _stored = entry.State.Definition;
        return entry.State.Version == version;
    }

    private async Task Store(PropertyDefinition definition)
    {
        (entry.State.Definition, entry.State.Version) = (definition, entry.State.Version + 1);
        try
        {
            await entry.WriteStateAsync();
            _stored = definition;
        }
        catch
        {
            DeactivateOnIdle();   // the next activation reads what is stored
            throw;
        }
    }

    private static Refusal Overtaken(string id) => new(IPropertyGrain.Overtaken, $"The entry of '{id}' was put by somebody else meanwhile; read it again and repeat.");

    private IInventoryGrain Inventory(string property, string roomType) => GrainFactory.GetGrain<IInventoryGrain>($"{property}/{roomType}");

    private static Task<PricingOutcome> Refused(Refusal why) => Task.FromResult<PricingOutcome>(new PricingOutcome.Refused(why));
}
