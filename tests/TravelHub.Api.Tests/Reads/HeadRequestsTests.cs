using System.Net;
using TravelHub.Testing;

namespace TravelHub.Api.Tests.Reads;

public sealed class HeadRequestsTests(GatewayFixture service)
{
    [Theory]
    [InlineData("/v1/search?destination=nowhere&checkIn=2030-01-10&checkOut=2030-01-13&guests=2", HttpStatusCode.OK)]
    [InlineData("/v1/search", HttpStatusCode.UnprocessableEntity)]
    [InlineData("/v1/reservations", HttpStatusCode.OK)]
    [InlineData("/v1/properties/nowhere", HttpStatusCode.NotFound)]
    [InlineData("/v1/audit", HttpStatusCode.Forbidden)]
    [InlineData("/v1/reservations/11111111-2222-3333-4444-555555555555/payment", HttpStatusCode.MethodNotAllowed)]
    [InlineData("/health/live", HttpStatusCode.OK)]
    [InlineData("/openapi/v1.json", HttpStatusCode.OK)]
    [InlineData("/metrics", HttpStatusCode.OK)]
    [InlineData("/", HttpStatusCode.OK)]
    public async Task Head_OfAnything_IsAnsweredAsGet(string path, HttpStatusCode expected)
    {
        using var head = await service.Client.SendAsync(new HttpRequestMessage(HttpMethod.Head, path), TestContext.Current.CancellationToken);
        using var get = await service.Client.Read(path);

        Assert.Equal(expected, head.StatusCode);
        Assert.Equal(get.StatusCode, head.StatusCode);
        Assert.Equal(get.Content.Headers.ContentType?.MediaType, head.Content.Headers.ContentType?.MediaType);
    }
}
