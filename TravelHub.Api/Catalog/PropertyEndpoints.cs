using System.Collections.Immutable;
using Microsoft.AspNetCore.Mvc;
using TravelHub.Api.Access;
using TravelHub.Api.Cluster;
using TravelHub.Api.Problems;
using TravelHub.Grains.Abstractions.Catalog;
using TravelHub.Grains.Abstractions.Inventory;
using TravelHub.Grains.Abstractions.Search;

namespace TravelHub.Api.Catalog;

/// <summary><c>/v1/properties</c>: read by anyone, written by operators.</summary>
internal static class PropertyEndpoints
{
    private const int MostCalendarDays = 366;
    private const long MostEntryBytes = 4 << 20;

    public static void MapProperties(this IEndpointRouteBuilder routes)
    {
        var property = routes.MapGroup("/v1/properties/{id}");
        routes.MapGet("/v1/destinations", Destinations);
        property.MapGet("", Get);
        property.MapGet("/calendar", Calendar);
        property.MapPut("", Put).RequireAuthorization(Roles.Operator).WithMetadata(new RequestSizeLimitAttribute(MostEntryBytes));
        property.MapPut("/room-types/{code}/inventory", SetAllotment).RequireAuthorization(Roles.Operator);
    }

    private static async Task<IResult> Destinations(PropertyReads properties, CancellationToken cancellationToken) =>
        Results.Ok(new DestinationsAnswer(await properties.Destinations(cancellationToken)));

    private static async Task<IResult> Get(string id, PropertyReads properties, CancellationToken cancellationToken) =>
        await properties.Get(id, cancellationToken) is { } property ? Results.Ok(property) : Problem.NotFound("property");

    private static async Task<IResult> Calendar(string id, HttpRequest request, PropertyReads properties, CancellationToken cancellationToken)
    {
        var findings = new Findings();
        var range = new Nights(findings.ReadDate(request.Query, "from"), findings.ReadDate(request.Query, "to"));
        if (!findings.Any)
            findings.Require(range.Count() is >= 1 and <= MostCalendarDays, "to", $"must be 1 to {MostCalendarDays} days after from");
        if (findings.Any)
            return findings.AsProblem();
        return await properties.Calendar(id, range, cancellationToken) is { } calendar
            ? Results.Ok(new CalendarAnswer(id, calendar))
            : Problem.NotFound("property");
    }

    private static async Task<IResult> Put(string id, PropertyRequest body, ClusterCalls cluster, CancellationToken cancellationToken)
    {
        var findings = new Findings();
        findings.RequireCode(id, "id", 64);
        if (body.Read(findings) is not { } definition)
            return findings.AsProblem();
        return await cluster.Call(grains => grains.GetGrain<IPropertyGrain>(id).Put(definition), cancellationToken) is { } why
            ? Problem.Of(why)
            : Results.Ok(PropertyAnswer.Of(id, definition));
    }

    private static async Task<IResult> SetAllotment(
        string id, string code, AllotmentRequest body, ClusterCalls cluster, CancellationToken cancellationToken)
    {
        var findings = new Findings();
        findings.RequireRange(body.Rooms, "rooms", 0, 1_000_000_000);
        findings.RequireRange(body.Allowance, "allowance", 0, 1_000_000);
        findings.Require(body.From is null == body.Until is null && !(body.From >= body.Until), "until", "must be after from; give both or neither");
        if (findings.Any)
            return findings.AsProblem();

        var property = await cluster.Call(grains => grains.GetGrain<IPropertyGrain>(id).Get(), cancellationToken);
        if (property?.RoomTypes.Any(r => r.Code == code) != true)
            return Problem.NotFound("room type");
        var range = body.From is { } from ? new Nights(from, body.Until!.Value) : (Nights?)null;
        var outcome = await cluster.Call(
            grains => grains.GetGrain<IInventoryGrain>($"{id}/{code}").SetCapacity(range, body.Rooms!.Value, body.Allowance), cancellationToken);
        return outcome is CapacityOutcome.TooLow(var nights)
            ? Problem.Of(StatusCodes.Status409Conflict, "capacity-too-low", "More rooms than that are held and sold on the nights named; keep at least those, or cancel first.", ("nights", nights))
            : Results.Ok(body);
    }
}

/// <summary>A property as anyone sees it; rate plans are between the property and those who know their codes.</summary>
internal sealed record PropertyAnswer(
    string Id, string Name, string Destination, string TimeZone, string Currency, int BookableDaysAhead, int TaxBasisPoints, long RoomNightFeeMinor,
    CancellationPolicy Policy, ImmutableArray<RoomType> RoomTypes)
{
    public static PropertyAnswer Of(string id, PropertyDefinition p) => new(
        id, p.Name, p.Destination, p.TimeZone, p.Currency, p.BookableDaysAhead, p.TaxBasisPoints, p.RoomNightFeeMinor, p.Policy, p.RoomTypes);
}

internal sealed record CalendarAnswer(string PropertyId, ImmutableArray<RoomTypeCalendar> RoomTypes);

/// <param name="Data">What <c>destination</c> of a search can be.</param>
internal sealed record DestinationsAnswer(ImmutableArray<string> Data);
