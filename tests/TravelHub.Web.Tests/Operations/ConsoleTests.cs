using Microsoft.Playwright;
using TravelHub.Testing;

namespace TravelHub.Web.Tests.Operations;

public sealed class ConsoleTests(GatewayFixture service, BrowserFixture browser)
{
    [Fact]
    public async Task Ops_AfterSignIn_ShowsTheSilosAlive()
    {
        await using var guest = await browser.NewVisitor(service.Anyone.BaseAddress!);
        var page = await guest.NewPageAsync();
        await page.GotoAsync("/ops");
        await page.Shows("For operators");

        await page.GetByLabel("API key").FillAsync("operator-key");
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign in" }).ClickAsync();

        await page.Shows("Operations");
        await Assertions.Expect(page.GetByRole(AriaRole.Row, new() { Name = "silo-1 Active" })).ToBeVisibleAsync();
        await Assertions.Expect(page.GetByText("Ready", new() { Exact = true })).ToBeVisibleAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Row, new() { Name = "0/3 voting" })).ToBeVisibleAsync();
        await Assertions.Expect(page.GetByText("closed").First).ToBeVisibleAsync();
    }

    [Theory]
    [InlineData("client-key")]
    [InlineData("no such key")]
    public async Task SignIn_WithoutAnOperatorsKey_IsRefused(string key)
    {
        await using var guest = await browser.NewVisitor(service.Anyone.BaseAddress!);
        var page = await guest.NewPageAsync();
        await page.GotoAsync("/sign-in?returnUrl=//example.com");
        await page.GetByLabel("API key").FillAsync(key);
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign in" }).ClickAsync();

        await Assertions.Expect(page.GetByRole(AriaRole.Alert)).ToBeVisibleAsync();
        await page.GotoAsync("/ops");
        await page.Shows("For operators");
    }
}
