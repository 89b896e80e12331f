using Microsoft.Playwright;
using TravelHub.Testing;

namespace TravelHub.Web.Tests.Operations;

public sealed class ConsoleTests(GatewayFixture service, BrowserFixture browser)
{
    [Fact]
    public async Task Ops_AfterSignIn_ShowsTheSilosAlive()
    {
        await using var crew = await browser.NewVisitor(service.Anyone.BaseAddress!);
        var page = await crew.OpenConsole("operator-key");

        await page.ShowsRow("silo-1 Active");
        await Assertions.Expect(page.GetByText("Ready", new() { Exact = true })).ToBeVisibleAsync();
        await page.ShowsRow("0/3 voting");
        await Assertions.Expect(page.GetByText("closed").First).ToBeVisibleAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Figure, new() { Name = "Requests a second" })).ToBeVisibleAsync();
        await Assertions.Expect(page.GetByText("None. Every vote has found three that agree.")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Quarantine_OfAReplica_IsDoneAndOnRecord()
    {
        await using var crew = await browser.NewVisitor(service.Anyone.BaseAddress!);
        var page = await crew.OpenConsole("operator-key");
        await page.GetByRole(AriaRole.Button, new() { Name = "Quarantine 2/5" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Yes" }).ClickAsync();
        await page.ShowsRow("2/5 quarantined: operator console");

        await page.GetByRole(AriaRole.Button, new() { Name = "Reinstate 2/5" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Yes" }).ClickAsync();
        await page.ShowsRow("2/5 voting");
        foreach (var action in new[] { "quarantineReplica", "reinstateReplica" })
        {
            await Assertions.Expect(page.GetByRole(AriaRole.Row)
                .Filter(new() { HasTextRegex = new($"development-operator\\s*{action}\\s*console: 2/5\\s*done") }).First).ToBeVisibleAsync();
        }
    }

    /// <summary>The groups take votes away by themselves: who says yes a moment later must not give it back.</summary>
    [Fact]
    public async Task Quarantine_DoneByAnotherMeanwhile_IsAskedNoMore()
    {
        await using var crew = await browser.NewVisitor(service.Anyone.BaseAddress!);
        var page = await crew.OpenConsole("operator-key");
        await page.GetByRole(AriaRole.Button, new() { Name = "Quarantine 1/4" }).ClickAsync();
        await page.Finds("Take the vote of 1/4 away?");

        (await service.Operator.PostAsync("/v1/payments/replicas/1/4/quarantine", content: null, TestContext.Current.CancellationToken)).EnsureSuccessStatusCode();

        await page.ShowsRow("1/4 quarantined");
        await Assertions.Expect(page.GetByRole(AriaRole.Button, new() { Name = "Yes" })).ToBeHiddenAsync();
        (await service.Operator.PostAsync("/v1/payments/replicas/1/4/reinstatement", content: null, TestContext.Current.CancellationToken)).EnsureSuccessStatusCode();
    }

    [Fact]
    public async Task SignOut_InOneTab_EndsTheOther()
    {
        await using var crew = await browser.NewVisitor(service.Anyone.BaseAddress!);
        var other = await crew.OpenConsole("operator-key");
        var page = await crew.NewPageAsync();
        await page.GotoAsync("/ops");

        await page.GetByRole(AriaRole.Button, new() { Name = "Sign out" }).ClickAsync();

        await Assertions.Expect(other.GetByLabel("API key")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Activity_SomebodyBooks_IsShown()
    {
        await using var crew = await browser.NewVisitor(service.Anyone.BaseAddress!);
        var console = await crew.OpenConsole("operator-key");
        await using var guest = await browser.NewVisitor(service.Anyone.BaseAddress!);
        var page = await guest.NewPageAsync();
        await page.Search(await service.NewProperty(rooms: 1, TestContext.Current.CancellationToken));
        await page.HoldStandardRoom();
        var id = page.Url[^36..];

        await Assertions.Expect(console.GetByText($"{id[..8]}: rooms held")).ToBeVisibleAsync();
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
