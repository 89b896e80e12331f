using Microsoft.Playwright;

namespace TravelHub.Web.Tests.Operations;

/// <summary>What an operator does and sees in the console.</summary>
internal static class ConsoleVisit
{
    private const string Mark = "window.thIsTheSamePage";

    /// <summary>Signs in, and marks the page: a reload would lose the mark.</summary>
    public static async Task<IPage> OpenConsole(this IBrowserContext crew, string key)
    {
        var page = await crew.NewPageAsync();
        await page.GotoAsync("/ops");
        await page.GetByLabel("API key").FillAsync(key);
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign in" }).ClickAsync();
        await page.Shows("Operations");
        await page.EvaluateAsync($"{Mark} = true");
        return page;
    }

    /// <summary>Waits for a row of a table that begins with this.</summary>
    public static Task ShowsRow(this IPage page, string name) =>
        Assertions.Expect(page.GetByRole(AriaRole.Row, new() { Name = name })).ToBeVisibleAsync();

    /// <summary>Neither loaded again nor cut off from the gateway since it was opened.</summary>
    public static async Task IsStillTheSamePage(this IPage page)
    {
        Assert.True(await page.EvaluateAsync<bool>($"{Mark} === true"));
        await Assertions.Expect(page.Locator("#components-reconnect-modal")).ToBeHiddenAsync();
    }
}
