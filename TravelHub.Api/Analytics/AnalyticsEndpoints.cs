using Microsoft.OpenApi;
using TravelHub.Api.Access;
using TravelHub.Api.Limits;
using TravelHub.Api.Paging;
using TravelHub.Api.Problems;
using TravelHub.Api.Reference;
using TravelHub.Grains.Abstractions.Analytics;

namespace TravelHub.Api.Analytics;

/// <summary><c>/v1/analytics</c>: figures made of the log. For operators, and the first to be turned away under load.</summary>
internal static class AnalyticsEndpoints
{
    private const string Tag = "Analytics";

    public static void MapAnalytics(this IEndpointRouteBuilder routes)
    {
        var analytics = routes.MapGroup("/v1/analytics").RequireAuthorization(Roles.Operator).WithPriority(Priority.Analytics);
        analytics.MapGet("", Progress)
            .Describe("getAnalytics", Tag, "How far the figures are.")
            .Answers<AnalyticsProgressAnswer>().Refuses(503);
        WithQuery(analytics.MapGet("/bookings", Bookings))
            .Describe(
                "listBookingFigures", Tag,
                "Bookings, cancellations, lead time, room-nights and revenue by the UTC day of booking. The unit is the stay; revenue is before tax and fees, of what is not cancelled.")
            .Answers<FiguresAnswer<BookingFiguresAnswer>>().Refuses(422, 503);
        WithQuery(analytics.MapGet("/nights", Nights))
            .Describe(
                "listNightFigures", Tag,
                "Occupancy, average daily rate and RevPAR by the night of stay, of what is booked and not cancelled. Money is told for each currency apart.")
            .Answers<FiguresAnswer<NightFiguresAnswer>>().Refuses(422, 503);
    }

    private static RouteHandlerBuilder WithQuery(RouteHandlerBuilder endpoint) => endpoint
        .Takes("from", "The first day.", required: true, format: "date")
        .Takes("until", $"The day after the last, at most {AnalyticsRequest.MostDays} later.", required: true, format: "date")
        .Takes("by", "What is told apart, separated by commas: day, destination, property. Default day; 'total' for one row.")
        .Takes("destination", "Of this destination alone.")
        .Takes("property", "Of this property alone.")
        .Takes("limit", "Rows of a page, 1 to 200. Default 100.", JsonSchemaType.Integer)
        .Takes("after", "Where the page begins: 'meta.after' of the one before.");

    private static async Task<IResult> Progress(AnalyticsReads analytics, TimeProvider time, CancellationToken cancellationToken)
    {
        var (progress, why) = await analytics.Ask(grain => grain.Progress(), cancellationToken);
        return progress is null ? Away(why) : Results.Ok(AnalyticsProgressAnswer.Of(progress, time.GetUtcNow()));
    }

    private static Task<IResult> Bookings(HttpRequest request, AnalyticsReads analytics, TimeProvider time, CancellationToken cancellationToken) =>
        Figures(request, analytics, time, (grain, query) => grain.Bookings(query), BookingFiguresAnswer.Of, row => row.Key, cancellationToken);

    private static Task<IResult> Nights(HttpRequest request, AnalyticsReads analytics, TimeProvider time, CancellationToken cancellationToken) =>
        Figures(request, analytics, time, (grain, query) => grain.Nights(query), NightFiguresAnswer.Of, row => row.Key, cancellationToken);

    private static async Task<IResult> Figures<TRow, TAnswer>(
        HttpRequest request, AnalyticsReads analytics, TimeProvider time, Func<IAnalyticsGrain, AnalyticsQuery, Task<AnalyticsPage<TRow>>> ask,
        Func<TRow, AnalyticsQuery, TAnswer> describe, Func<TRow, AnalyticsKey> key, CancellationToken cancellationToken)
    {
        var findings = new Findings();
        var query = AnalyticsRequest.Read(request.Query, findings);
        if (findings.Any)
            return findings.AsProblem();
        var (page, why) = await analytics.Ask(grain => ask(grain, query), cancellationToken);
        if (page is null)
            return Away(why);
        // One more than a page was asked for, so that the last page knows that it is the last.
        var rows = page.Rows.Take(query.Limit - 1).ToArray();
        var after = page.Rows.Length >= query.Limit ? AnalyticsRequest.Write(key(rows[^1])) : null;
        return Results.Ok(new FiguresAnswer<TAnswer>(
            [.. rows.Select(row => describe(row, query))], new PageMeta(after), AnalyticsProgressAnswer.Of(page.Progress, time.GetUtcNow())));
    }

    private static IResult Away(string why) => Problem.Of(
        StatusCodes.Status503ServiceUnavailable, "analytics-away",
        $"There are no figures to be had now: {why} Bookings are not affected. Ask again later; the figures catch up by themselves.");
}
