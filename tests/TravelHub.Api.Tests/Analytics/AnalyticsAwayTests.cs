using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using TravelHub.Testing;

namespace TravelHub.Api.Tests.Analytics;

/// <summary>The silo of this service has no role.</summary>
public sealed class AnalyticsAwayTests(GatewayFixture service)
{
    [Fact]
    public async Task Figures_WithoutASiloForThem_SaySoAtOnce()
    {
        using var answer = await service.Operator.GetAsync("/v1/analytics/nights?from=2030-01-01&until=2030-01-02", TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
        var problem = await answer.Content.ReadFromJsonAsync<JsonElement>(TestContext.Current.CancellationToken);
        Assert.Equal("analytics-away", problem.GetProperty("code").GetString());
    }
}
