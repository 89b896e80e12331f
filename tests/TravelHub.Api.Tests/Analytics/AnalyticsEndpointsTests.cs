using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using TravelHub.Api.Tests.Telemetry;

namespace TravelHub.Api.Tests.Analytics;

public sealed class AnalyticsEndpointsTests(TracedGateway service)
{
    [Fact]
    public async Task Nights_OfABookedProperty_TellOccupancyRateAndRevPar()
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        var property = await service.Gateway.NewProperty(rooms: 4, cancellationToken);
        using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/reservations")
        {
            Content = JsonContent.Create(new
            {
                stays = new[] { new { propertyId = property, roomType = "STD", checkIn = "2030-01-10", checkOut = "2030-01-12", rooms = 2, guests = 2 } },
                guest = new { name = "Ada", email = "ada@example.com" },
                paymentToken = "tok_ok",
            }),
        };
        request.Headers.Add("Idempotency-Key", Guid.NewGuid().ToString());
        Assert.Equal(HttpStatusCode.Created, (await service.Gateway.Client.SendAsync(request, cancellationToken)).StatusCode);

        // The destination is the property's own, and is asked of the catalogue after the events were read.
        var figures = await UntilSold($"nights?from=2030-01-09&until=2030-01-13&by=destination&destination={property}", cancellationToken);

        var row = figures.GetProperty("data")[0];
        Assert.Equal(property, row.GetProperty("destination").GetString());
        Assert.Equal((4, 32, 0.125), (row.GetProperty("roomsSold").GetInt64(), row.GetProperty("roomsAvailable").GetInt64(), row.GetProperty("occupancy").GetDouble()));
        var sale = row.GetProperty("sales")[0];
        Assert.Equal((48_000, "EUR"), (sale.GetProperty("revenue").GetProperty("amountMinor").GetInt64(), sale.GetProperty("revenue").GetProperty("currency").GetString()));
        Assert.Equal((12_000.0, 1_500.0), (sale.GetProperty("averageDailyRateMinor").GetDouble(), sale.GetProperty("revParMinor").GetDouble()));
        Assert.True(figures.GetProperty("progress").GetProperty("asOf").GetDateTimeOffset() > DateTimeOffset.UnixEpoch);

        // Page by page it is the same.
        var first = await Read($"nights?from=2030-01-09&until=2030-01-13&by=day&property={property}&limit=3", cancellationToken);
        var rest = await Read($"nights?from=2030-01-09&until=2030-01-13&by=day&property={property}&limit=3&after={first.GetProperty("meta").GetProperty("after").GetString()}", cancellationToken);
        Assert.Equal([0, 2, 2, 0], first.GetProperty("data").EnumerateArray().Concat(rest.GetProperty("data").EnumerateArray()).Select(r => r.GetProperty("roomsSold").GetInt64()));
        Assert.False(rest.GetProperty("meta").TryGetProperty("after", out _));
    }

    [Theory]
    [InlineData("bookings")]
    [InlineData("bookings?from=2030-01-01&until=2032-01-01")]
    [InlineData("nights?from=2030-01-01&until=2030-01-02&by=day,day")]
    [InlineData("nights?from=2030-01-01&until=2030-01-02&after=nonsense")]
    public async Task Figures_BadQuestion_IsRefused(string question)
    {
        using var answer = await service.Gateway.Operator.GetAsync($"/v1/analytics/{question}", TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
    }

    [Fact]
    public async Task Figures_WithAClientsKey_AreForbidden()
    {
        using var answer = await service.Gateway.Client.GetAsync("/v1/analytics/nights?from=2030-01-01&until=2030-01-02", TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
    }

    // The reader waits for whatever else writes on this server, of other tests too.
    private async Task<JsonElement> UntilSold(string question, CancellationToken cancellationToken)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(90));
        while (true)
        {
            var figures = await Read(question, cancellationToken);
            if (figures.GetProperty("data").EnumerateArray().Any(row => row.GetProperty("roomsSold").GetInt64() > 0))
                return figures;
            Assert.False(patience.IsCancellationRequested, $"Nothing is sold yet: {figures}");
            await Task.Delay(TimeSpan.FromMilliseconds(100), TimeProvider.System, cancellationToken);
        }
    }

    private async Task<JsonElement> Read(string question, CancellationToken cancellationToken)
    {
        using var answer = await service.Gateway.Operator.GetAsync($"/v1/analytics/{question}", cancellationToken);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return await answer.Content.ReadFromJsonAsync<JsonElement>(cancellationToken);
    }
}
