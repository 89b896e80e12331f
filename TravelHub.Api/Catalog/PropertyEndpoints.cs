using System.Collections.Immutable;
using Microsoft.AspNetCore.Mvc;
using TravelHub.Api.Access;
using TravelHub.Api.Cluster;
using TravelHub.Api.Limits;
using TravelHub.Api.Problems;
using TravelHub.Api.Reads;
using TravelHub.Api.Reference;
using TravelHub.Api.Search;
using TravelHub.Grains.Abstractions;
using TravelHub.Grains.Abstractions.Catalog;
using TravelHub.Grains.Abstractions.Inventory;
using TravelHub.Grains.Abstractions.Search;

namespace TravelHub.Api.Catalog;

/// <summary><c>/v1/properties</c>: read by anyone, written by operators.</summary>
internal static class PropertyEndpoints
{
    private const string Tag = "Properties";
    private const int MostCalendarDays = 366;
    private const long MostEntryBytes = 4 << 20;

    public static void MapProperties(this IEndpointRouteBuilder routes)
    {
        var property = routes.MapGroup("/v1/properties/{id}");
        routes.MapGet("/v1/destinations", Destinations).AllowAnonymous().WithPriority(Priority.Search)
            .Describe("listDestinations", Tag, "Where there are properties.")
            .Answers<DestinationsAnswer>().Answers<NoAnswerBody>(StatusCodes.Status202Accepted);
        property.MapGet("", Get).AllowAnonymous().WithPriority(Priority.Search)
            .Describe("getProperty", Tag, "A property's entry in the catalogue.")
            .Answers<PropertyAnswer>().Answers<NoAnswerBody>(StatusCodes.Status202Accepted).Refuses(404);
        property.MapGet("/calendar", Calendar).AllowAnonymous().WithPriority(Priority.Search)
            .Describe("getCalendar", Tag, "Rates and rooms left of each room type, night by night.")
            .Takes("from", "First night.", required: true, format: "date")
            .Takes("to", "The day after the last night, at most 366 days later.", required: true, format: "date")
            .Answers<CalendarAnswer>().Answers<NoAnswerBody>(StatusCodes.Status202Accepted).Refuses(404, 422);
        property.MapPut("", Put).RequireAuthorization(Roles.Operator).WithMetadata(new RequestSizeLimitAttribute(MostEntryBytes))
            .Describe("putProperty", Tag, "Creates or replaces a property.")
            .Answers<PropertyAnswer>().Refuses(400, 409, 413, 415, 422, 503);
        property.MapPut("/room-types/{code}/inventory", SetAllotment).RequireAuthorization(Roles.Operator)
            .Describe("setInventory", Tag, "Sets the rooms and the overbooking allowance of a room type, for a range of nights or for all others.")
            .Answers<AllotmentRequest>().Refuses(400, 404, 409, 415, 422, 503);
    }

    private static async Task<IResult> Destinations(PropertyReads properties) =>
        await properties.TryDestinations() is { } reading
            ? Results.Ok(new DestinationsAnswer(reading.Value, reading.Source, reading.AsOf, reading.Degraded))
            : new NoAnswerYet();

    private static async Task<IResult> Get(string id, PropertyReads properties)
    {
        var reading = await properties.TryGet(id);
        return reading switch
        {
            null => new NoAnswerYet(),
            { Value: { } property } => Results.Ok(PropertyAnswer.Of(id, property) with { Source = reading.Source, AsOf = reading.AsOf, Degraded = reading.Degraded }),
            { IsStale: true } => new NoAnswerYet(),   // it may be there by now
            _ => Problem.NotFound("property"),
        };
    }

    private static async Task<IResult> Calendar(string id, HttpRequest request, PropertyReads properties)
    {
        var findings = new Findings();
        var range = new Nights(findings.ReadDate(request.Query, "from"), findings.ReadDate(request.Query, "to"));
        if (!findings.Any)
            findings.Require(range.Count() is >= 1 and <= MostCalendarDays, "to", $"must be 1 to {MostCalendarDays} days after from");
        if (findings.Any)
            return findings.AsProblem();
        var reading = await properties.TryCalendar(id, range);
        return reading switch
        {
            null => new NoAnswerYet(),
            { Value: { } calendar } => Results.Ok(new CalendarAnswer(id, calendar, reading.Source, reading.AsOf, reading.Degraded)),
            { IsStale: true } => new NoAnswerYet(),
            _ => Problem.NotFound("property"),
        };
    }

    private static async Task<IResult> Put(
        string id, PropertyRequest body, ClusterCalls cluster, PropertyReads properties, CancellationToken cancellationToken)
    {
        var findings = new Findings();
        findings.RequireCode(id, "id", 64);
        if (body.Read(findings) is not { } definition)
            return findings.AsProblem();
        // The version is asked for once, whatever is repeated: an attempt that was under way while a silo stood still must not undo what is put later.
        Refusal? why;
        do
        {
            var version = await cluster.Call(grains => grains.GetGrain<IPropertyGrain>(id).Version(), cancellationToken);
            why = await cluster.Call(grains => grains.GetGrain<IPropertyGrain>(id).Put(definition, version), cancellationToken);
        }
        while (why is { Code: IPropertyGrain.Overtaken });
        await properties.Forget(id);
        return why is null ? Results.Ok(PropertyAnswer.Of(id, definition)) : Problem.Of(why);
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
        var version = await cluster.Call(grains => grains.GetGrain<IInventoryGrain>($"{id}/{code}").CapacityVersion(), cancellationToken);
        CapacityOutcome outcome;
        while ((outcome = await Set(version)) is CapacityOutcome.Overtaken(var now))
            version = now;   // by somebody else at the same time, or by this very call at its first attempt
        return outcome is CapacityOutcome.TooLow(var nights)
            ? Problem.Of(StatusCodes.Status409Conflict, "capacity-too-low", "More rooms than that are held and sold on the nights named; keep at least those, or cancel first.", ("nights", nights))
            : Results.Ok(body);

        async Task<CapacityOutcome> Set(long known) => await cluster.Call(
            grains => grains.GetGrain<IInventoryGrain>($"{id}/{code}").SetCapacity(range, body.Rooms!.Value, body.Allowance, known), cancellationToken);
    }
}

/// <summary>A property as anyone sees it; rate plans are between the property and those who know their codes.</summary>
internal sealed record PropertyAnswer(
    string Id, string Name, string Destination, string TimeZone, string Currency, int BookableDaysAhead, int TaxBasisPoints, long RoomNightFeeMinor,
    CancellationPolicy Policy, ImmutableArray<RoomType> RoomTypes)
{
    /// <summary>Of a read: one of <see cref="ReadSource"/>.</summary>
    public string? Source { get; init; }

    /// <summary>Of a read: when this was true.</summary>
    public DateTimeOffset? AsOf { get; init; }

    public bool? Degraded { get; init; }

    public static PropertyAnswer Of(string id, PropertyDefinition p) => new(
        id, p.Name, p.Destination, p.TimeZone, p.Currency, p.BookableDaysAhead, p.TaxBasisPoints, p.RoomNightFeeMinor, p.Policy, p.RoomTypes);
}

/// <inheritdoc cref="SearchAnswer" path="/param"/>
internal sealed record CalendarAnswer(string PropertyId, ImmutableArray<RoomTypeCalendar> RoomTypes, string Source, DateTimeOffset AsOf, bool Degraded);

/// <param name="Data">What <c>destination</c> of a search can be.</param>
internal sealed record DestinationsAnswer(ImmutableArray<string> Data, string Source, DateTimeOffset AsOf, bool Degraded);
