using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using TravelHub.Api.Audit;
using TravelHub.Api.Limits;

namespace TravelHub.Api.Tests.Access;

[Collection(AccessCollection.Name)]
public sealed class EndpointsTests(AccessFixture access)
{
    [Fact]
    public void Endpoints_EachOne_SaysWhoMayCallIt()
    {
        var silent = ApiRoutes.All(access.Service.Gateway)
            .Where(e => e.Metadata.GetMetadata<IAuthorizeData>() is null && e.Metadata.GetMetadata<IAllowAnonymous>() is null)
            .Select(e => e.DisplayName);

        Assert.Empty(silent);
    }

    [Fact]
    public void Endpoints_OfTheApi_AreForWhomTheContractNames()
    {
        var routes = ApiRoutes.OfTheApi(access.Service.Gateway);

        Assert.True(routes.Count >= 30, $"{routes.Count} routes");
        Assert.All(routes, route => Assert.Equal(
            $"{route} {AccessContract.RoleFor(route.Method, route.Pattern)}",
            $"{route} {(route.Endpoint.Metadata.GetMetadata<IAllowAnonymous>() is null ? route.Endpoint.Metadata.GetMetadata<IAuthorizeData>()!.Policy : AccessContract.Anyone)}"));
    }

    /// <summary>What stays open beside a page would keep a place among the requests under way for as long.</summary>
    [Fact]
    public void Endpoints_OfPages_TakeAPlaceOnlyWhereAVisitorLooks()
    {
        var pages = ApiRoutes.All(access.Service.Gateway).Where(e => !(e.RoutePattern.RawText ?? "").StartsWith("/v1", StringComparison.Ordinal)).ToArray();
        string[] limited = [.. pages.Where(e => e.Metadata.GetMetadata<GatewayLimits.PriorityOf>() is not null).Select(e => e.RoutePattern.RawText!.Trim('/')).Distinct().Order(StringComparer.Ordinal)];

        Assert.Contains(pages, e => e.RoutePattern.RawText!.Contains("_blazor", StringComparison.Ordinal));
        Assert.Equal(["", "checkout", "lab", "stays", "stays/{Id}", "trips", "trips/{Id:guid}", "trips/{Id:guid}/cancel"], limited);
    }

    [Fact]
    public void Endpoints_ThatChangeSomethingForOperatorsAndResearchers_AreAllRecorded()
    {
        var changing = ApiRoutes.OfTheApi(access.Service.Gateway)
            .Where(route => AccessContract.RoleFor(route.Method, route.Pattern) is "operator" or "researcher" && route.Method is not ("GET" or "HEAD")).ToArray();

        Assert.True(changing.Length >= 11, $"{changing.Length} routes");
        Assert.All(changing, route => Assert.True(AuditedAuthorization.IsRecorded(route.Endpoint, route.Method), $"{route}"));
    }

    [Fact]
    public async Task Endpoint_ThatForgotToSay_IsRefusedToAll()
    {
        await using var gateway = GatewayHost.Build(
        [
            "--urls=http://127.0.0.1:0", "--ConnectionStrings:TravelHub=Host=127.0.0.1;Port=1;Username=nobody;Password=none;Database=none;Timeout=1",
            "--TravelHub:ClusterId=none", "--Keys:Operator=operator-key",
        ]);
        gateway.MapGet("/v1/forgotten", () => "open");
        await gateway.StartAsync(TestContext.Current.CancellationToken);
        using var anyone = new HttpClient { BaseAddress = new Uri(gateway.Urls.First()) };

        await (await anyone.Read("/v1/forgotten")).IsProblem(401, "unauthorized");
        await (await anyone.Read("/v1/no-such-route")).IsProblem(404, "not-found");
        await (await anyone.Post("/v1/forgotten", "{}")).IsProblem(405, "method-not-allowed");
        anyone.DefaultRequestHeaders.Authorization = new("Bearer", "operator-key");
        await (await anyone.Read("/v1/forgotten")).IsProblem(403, "forbidden");
        await gateway.StopAsync(TestContext.Current.CancellationToken);
    }
}
