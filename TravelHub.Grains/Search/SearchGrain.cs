using System.Collections.Immutable;
using Orleans.Concurrency;
using TravelHub.Grains.Abstractions.Catalog;
using TravelHub.Grains.Abstractions.Inventory;
using TravelHub.Grains.Abstractions.Search;
using TravelHub.Grains.Catalog;
using TravelHub.Grains.Payments;

namespace TravelHub.Grains.Search;

/// <summary>Asks the properties of a destination and their inventories, all at the same time.</summary>
[StatelessWorker]
internal sealed class SearchGrain(QuoteSigner quotes, TimeProvider time) : Grain, ISearchGrain
{
    public async Task<ImmutableArray<Offer>> Find(SearchQuery query)
    {
        var properties = await GrainFactory.GetGrain<IDestinationGrain>(query.Destination).Properties();
        var offers = await Task.WhenAll(properties.Select(id => Offers(id, query)));
        return [.. offers.SelectMany(o => o)];
    }

    public async Task<ImmutableArray<RoomTypeCalendar>?> Calendar(string propertyId, Nights range)
    {
        if (await GrainFactory.GetGrain<IPropertyGrain>(propertyId).Get() is not { } property)
            return null;
        var calendars = await Task.WhenAll(property.RoomTypes.Select(async roomType =>
        {
            var left = await Inventory(propertyId, roomType).Availability(range);
            return new RoomTypeCalendar(
                roomType.Code,
                [.. range.Each().Select((night, i) => new CalendarNight(night, PropertyMachine.Rate(roomType, night), left[i]))]);
        }));
        return [.. calendars];
    }

    private async Task<Offer[]> Offers(string propertyId, SearchQuery query)
    {
        // The destination may still list a property that has moved away or was never finished.
        if (await GrainFactory.GetGrain<IPropertyGrain>(propertyId).Get() is not { } property || property.Destination != query.Destination)
            return [];
        var offers = await Task.WhenAll(property.RoomTypes.Select(roomType => OfferOf(propertyId, property, roomType, query)));
        return [.. offers.OfType<Offer>()];
    }

    private async Task<Offer?> OfferOf(string propertyId, PropertyDefinition property, RoomType roomType, SearchQuery query)
    {
        var now = time.GetUtcNow();
        var stay = new StayRequest(propertyId, roomType.Code, query.Nights, query.Rooms, query.Guests, RatePlan: null, Quote: null);
        if (PropertyMachine.Price(property, stay, quoted: null, now) is not PricingOutcome.Priced(var priced))
            return null;
        var left = (await Inventory(propertyId, roomType).Availability(query.Nights)).Min();
        if (left < query.Rooms)
            return null;

        var (quote, expires) = quotes.Sign(priced, ratePlan: null, now);
        return new Offer(
            propertyId, property.Name, roomType.Code, roomType.Name, roomType.Sleeps,
            [.. query.Nights.Each().Select((night, i) => new NightRate(night, priced.NightlyMinor[i]))],
            PriceRules.Total(PriceRules.Input([priced])), left, property.Policy, priced.FreeUntil, quote, expires);
    }

    private IInventoryGrain Inventory(string propertyId, RoomType roomType) =>
        GrainFactory.GetGrain<IInventoryGrain>($"{propertyId}/{roomType.Code}");
}
