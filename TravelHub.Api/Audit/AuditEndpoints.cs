using System.Globalization;
using Microsoft.OpenApi;
using TravelHub.Api.Access;
using TravelHub.Api.Paging;
using TravelHub.Api.Problems;
using TravelHub.Api.Reference;

namespace TravelHub.Api.Audit;

/// <summary><c>/v1/audit</c>: what operators did and were refused.</summary>
internal static class AuditEndpoints
{
    public static void MapAudit(this IEndpointRouteBuilder routes) => routes.MapGet("/v1/audit", List).RequireAuthorization(Roles.Operator)
        .Describe("listAudit", "Operations", "What operators and researchers did and what was refused, newest first.")
        .Takes("limit", "Rows on a page, 1 to 200; 50 if left out.", JsonSchemaType.Integer)
        .Takes("after", "As the page before gave it in meta.after.")
        .Answers<PageAnswer<AuditRow>>().Refuses(422, 503);

    private static async Task<IResult> List(HttpRequest request, AuditLog log, CancellationToken cancellationToken)
    {
        var findings = new Findings();
        var limit = (int)findings.ReadNumber(request.Query, "limit", 50, 1, 200);
        var before = findings.ReadNumber(request.Query, "after", long.MaxValue, 0, long.MaxValue);
        if (findings.Any)
            return findings.AsProblem();
        var page = await log.Page(before, limit, cancellationToken);
        return Results.Ok(new PageAnswer<AuditRow>(
            page, new PageMeta(page.Count == limit && page[^1].Number > 1 ? page[^1].Number.ToString(CultureInfo.InvariantCulture) : null)));
    }
}
