using TravelHub.Api.Access;
using TravelHub.Api.Cluster;
using TravelHub.Api.Reference;
using TravelHub.Grains.Abstractions.Inventory;
using TravelHub.Grains.Abstractions.Payments;

namespace TravelHub.Api.Operations;

/// <summary><c>/v1/log</c>: how far readers of the event log are behind it.</summary>
internal static class LogEndpoints
{
    public static void MapLog(this IEndpointRouteBuilder routes) => routes.MapGet("/v1/log/lag", Lag)
        .RequireAuthorization(Roles.Operator)
        .Describe("getLogLag", "Operations", "How far readers of the event log are behind it.")
        .Answers<LagAnswer>().Refuses(503);

    private static async Task<IResult> Lag(ClusterCalls cluster, TimeProvider time, CancellationToken cancellationToken)
    {
        var lag = await cluster.Call(grains => grains.GetGrain<IResyncGrain>(0).Lag(), cancellationToken);
        var ledger = await cluster.Call(grains => grains.GetGrain<ILedgerGrain>(0).Lag(), cancellationToken);
        return Results.Ok(new LagAnswer(
            [new ReaderAnswer("inventory", lag.Events, lag.Behind.TotalSeconds), new ReaderAnswer("ledger", ledger.Events, ledger.Behind.TotalSeconds)], lag.Horizon.TotalSeconds, time.GetUtcNow()));
    }
}

/// <param name="HorizonSeconds">Age of the database server's oldest transaction: no reader sees what came after it began.</param>
internal sealed record LagAnswer(IReadOnlyList<ReaderAnswer> Readers, double HorizonSeconds, DateTimeOffset AsOf);

/// <param name="Events">Events that this reader has to deal with and has not, up to 100,000.</param>
/// <param name="Seconds">Age of the oldest of them; 0 when there is none.</param>
internal sealed record ReaderAnswer(string Name, long Events, double Seconds);
