using TravelHub.Api.Access;
using TravelHub.Api.Reference;

namespace TravelHub.Api.Operations;

/// <summary><c>/v1/log</c>: how far readers of the event log are behind it.</summary>
internal static class LogEndpoints
{
    public static void MapLog(this IEndpointRouteBuilder routes) => routes.MapGet("/v1/log/lag", Lag)
        .RequireAuthorization(Roles.Operator)
        .Describe("getLogLag", "Operations", "How far readers of the event log are behind it.")
        .Answers<LagAnswer>().Refuses(503);

    private static async Task<IResult> Lag(LogLag lag, CancellationToken cancellationToken) => Results.Ok(await lag.Read(cancellationToken));
}

/// <param name="HorizonSeconds">Age of the database server's oldest transaction: no reader sees what came after it began.</param>
internal sealed record LagAnswer(IReadOnlyList<ReaderAnswer> Readers, double HorizonSeconds, DateTimeOffset AsOf);

/// <param name="Events">Events that this reader has to deal with and has not, up to 100,000.</param>
/// <param name="Seconds">Age of the oldest of them; 0 when there is none.</param>
internal sealed record ReaderAnswer(string Name, long Events, double Seconds);
