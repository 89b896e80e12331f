using System.Text.Json;
using Microsoft.OpenApi;
using TravelHub.Api.Access;
using TravelHub.Api.Paging;
using TravelHub.Api.Problems;
using TravelHub.Api.Reference;
using TravelHub.Grains.Abstractions.Monitoring;

namespace TravelHub.Api.Monitoring;

/// <summary><c>/v1/monitoring</c>: who lives, as each detector sees it. For operators.</summary>
internal static class MonitoringEndpoints
{
    private const string Tag = "Monitoring";
    private const int LongestPage = 200;
    private const int DefaultPage = 50;

    public static void MapMonitoring(this IEndpointRouteBuilder routes)
    {
        var monitoring = routes.MapGroup("/v1/monitoring").RequireAuthorization(Roles.Operator);
        monitoring.MapGet("/components", Components)
            .Describe("listComponents", Tag, "The components, as each detector sees them.")
            .Answers<ComponentsAnswer>().Refuses(503);
        monitoring.MapGet("/detectors", Detectors)
            .Describe("listDetectors", Tag, "The detectors, how fast each notices a death, and whether it gives verdicts now.")
            .Answers<DetectorsAnswer>().Refuses(503);
        monitoring.MapGet("/detections", Detections)
            .Describe("listDetections", Tag, "What the detectors came to believe, newest first.")
            .Takes("limit", "Detections on a page, 1 to 200; 50 if left out.", JsonSchemaType.Integer)
            .Takes("after", "The meta.after of the page before.", JsonSchemaType.Integer)
            .Answers<PageAnswer<DetectionAnswer>>().Refuses(422, 503);
    }

    private static async Task<IResult> Components(MonitoringReads reads, TimeProvider time, CancellationToken cancellationToken) =>
        Results.Ok(new ComponentsAnswer([.. (await reads.Components(cancellationToken)).Select(ComponentAnswer.Of)], time.GetUtcNow()));

    private static async Task<IResult> Detectors(MonitoringReads reads, CancellationToken cancellationToken) => Results.Ok(new DetectorsAnswer(
    [
        .. (await reads.Detectors(cancellationToken)).Select(d => new DetectorAnswer(
            d.Name, d.IsPaused ? "paused" : "watching", d.Period.TotalSeconds, d.NoticesWithin?.TotalSeconds)),
    ]));

    private static async Task<IResult> Detections(HttpRequest request, MonitoringReads reads, CancellationToken cancellationToken)
    {
        var findings = new Findings();
        var limit = (int)findings.ReadNumber(request.Query, "limit", DefaultPage, 1, LongestPage);
        var after = findings.ReadNumber(request.Query, "after", long.MaxValue, 0, long.MaxValue);
        if (findings.Any)
            return findings.AsProblem();
        var page = await reads.Detections(after, limit, cancellationToken);
        return Results.Ok(new PageAnswer<DetectionAnswer>(
            [.. page.Select(DetectionAnswer.Of)], new PageMeta(page.Length == limit ? FormattableString.Invariant($"{page[^1].Id}") : null)));
    }
}

internal sealed record ComponentsAnswer(IReadOnlyList<ComponentAnswer> Data, DateTimeOffset AsOf);

internal sealed record DetectorsAnswer(IReadOnlyList<DetectorAnswer> Data);

/// <param name="Status"><c>alive</c>, <c>dead</c>, <c>away</c> (an operator took it away) or <c>unknown</c> (never seen since the cluster was started).</param>
internal sealed record ComponentAnswer(string Name, string Status, BeliefAnswer Heartbeat, BeliefAnswer Ping, BeliefAnswer Membership)
{
    public static ComponentAnswer Of(ComponentView component)
    {
        var beliefs = component.Beliefs.ToDictionary(b => b.Detector, b => new BeliefAnswer(Word(b.State), b.Since, b.LastSeen));
        return new ComponentAnswer(component.Name, Word(component.State), beliefs["heartbeat"], beliefs["ping"], beliefs["membership"]);
    }

    public static string Word(ComponentState state) => JsonNamingPolicy.CamelCase.ConvertName(state.ToString());
}

/// <param name="Since">When the detector came to believe it.</param>
/// <param name="LastSeen">The last sign of life that it has.</param>
internal sealed record BeliefAnswer(string Status, DateTimeOffset? Since, DateTimeOffset? LastSeen);

/// <param name="Status"><c>watching</c>, or <c>paused</c> while the store was away a moment ago.</param>
/// <param name="PeriodSeconds">How often it looks; 0: it is told.</param>
/// <param name="NoticesWithinSeconds">The longest from a last sign of life to the verdict.</param>
internal sealed record DetectorAnswer(string Name, string Status, double PeriodSeconds, double? NoticesWithinSeconds);

internal sealed record DetectionAnswer(
    long Id, string Component, string Detector, string From, string To, DateTimeOffset NoticedAt, DateTimeOffset? LastSeenAt)
{
    public static DetectionAnswer Of(DetectionView d) =>
        new(d.Id, d.Component, d.Detector, ComponentAnswer.Word(d.From), ComponentAnswer.Word(d.To), d.NoticedAt, d.LastSeenAt);
}
