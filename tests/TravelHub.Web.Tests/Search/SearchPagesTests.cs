using Microsoft.Playwright;
using TravelHub.Testing;

namespace TravelHub.Web.Tests.Search;

public sealed class SearchPagesTests(GatewayFixture service, BrowserFixture browser)
{
    /// <summary>The catalogue takes any spelling; who types another one of the same place finds it, and its house has free rooms.</summary>
    [Fact]
    public async Task Search_PlaceWithCapitalsAndAccents_IsFoundByAnySpelling()
    {
        await using var guest = await browser.NewVisitor(service.Anyone.BaseAddress!);
        var page = await guest.NewPageAsync();
        var number = Guid.NewGuid().ToString("N");
        await service.NewProperty(rooms: 5, TestContext.Current.CancellationToken, destination: $"São Tomé {number}");
        await page.LoadUntilListed(number);

        await page.Search($"sao tome {number}");
        await page.GetByRole(AriaRole.Link, new() { Name = "Casa" }).First.ClickAsync();

        await page.Shows("Casa");
        await page.Finds(page.GetByRole(AriaRole.Link, new() { Name = "Choose STD" }));
    }

    /// <summary>Each key changes a day: nothing is sent before all of it is written.</summary>
    [Fact]
    public async Task Dates_WrittenKeyByKey_AreTakenWhole()
    {
        await using var guest = await browser.NewVisitor(service.Anyone.BaseAddress!);
        var page = await guest.NewPageAsync();
        var id = await service.NewProperty(rooms: 5, TestContext.Current.CancellationToken);
        await page.GotoAsync($"/stays/{id}?checkIn=2030-01-10&checkOut=2030-12-20");

        await page.GetByLabel("Check-in").FocusAsync();
        await page.Keyboard.TypeAsync("12122030");
        await page.GetByRole(AriaRole.Button, new() { Name = "Show", Exact = true }).ClickAsync();

        await page.WaitForURLAsync(url => url.Contains("checkIn=2030-12-12", StringComparison.Ordinal));
        await Assertions.Expect(page.GetByLabel("Check-in")).ToHaveValueAsync("2030-12-12");
    }
}
