using System.Net;
using TravelHub.Testing;

namespace TravelHub.Api.Tests.Pages.Catalog;

public sealed class PropertyPageTests(GatewayFixture service)
{
    [Theory]
    [InlineData("checkIn=2030-01-10&checkOut=9999-12-31")]
    [InlineData("checkIn=9999-12-31&checkOut=0001-01-01")]
    public async Task Page_DaysThatNoStayCanHave_SaysSoAndShowsTheCalendar(string days)
    {
        var property = await service.NewProperty(rooms: 1, TestContext.Current.CancellationToken);

        using var answer = await service.Anyone.Read($"/stays/{property}?{days}");

        var page = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Contains("role=\"alert\"", page, StringComparison.Ordinal);
        Assert.Contains("class=\"month\"", page, StringComparison.Ordinal);
    }
}
