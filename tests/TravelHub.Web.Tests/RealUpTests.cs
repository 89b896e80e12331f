using Microsoft.Playwright;
using TravelHub.Testing;
using TravelHub.Web.Tests.Operations;

namespace TravelHub.Web.Tests;

/// <summary>
/// What visitors and an operator see of a whole TravelHub while parts of it go: every part is a process, and nothing stands between browser and gateway. Minutes long
/// and on the programs of a Release build, so they run when asked for: <c>dotnet run --project tests/TravelHub.Web.Tests -- -explicit on -class "*RealUpTests"</c>.
/// </summary>
public sealed class RealUpTests(UpFixture up, BrowserFixture browser) : IClassFixture<UpFixture>, IAsyncLifetime
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => await up.Start();

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact(Explicit = true)]
    public async Task Book_OnAWholeCluster_IsConfirmedAndCancelled()
    {
        await using var guest = await browser.NewVisitor(up.Url);
        var page = await guest.NewPageAsync();
        await page.Search(await up.NewProperty(Cancellation));
        await page.HoldStandardRoom();
        await page.PayUntilGoing();

        await page.GetByRole(AriaRole.Link, new() { Name = "Cancel this trip" }).ClickAsync();
        await page.CancelUntilCancelled();
        await Assertions.Expect(page.GetByText("€360 is on its way back to you.")).ToBeVisibleAsync();
    }

    [Fact(Explicit = true)]
    public async Task Deactivate_OneSiloWhileSomebodyBooks_TakesNeitherTheBookingNorTheConsole()
    {
        await using var crew = await browser.NewVisitor(up.Url);
        var console = await crew.OpenConsole(up.OperatorKey);
        await console.ShowsRow("silo-2 Active");
        await using var guest = await browser.NewVisitor(up.Url);
        var page = await guest.NewPageAsync();
        await page.Search(await up.NewProperty(Cancellation));

        await console.GetByRole(AriaRole.Button, new() { Name = "Deactivate silo-2" }).ClickAsync();
        await console.GetByRole(AriaRole.Button, new() { Name = "Yes" }).ClickAsync();
        await page.HoldStandardRoom();
        await page.PayUntilGoing();

        await console.ShowsRow("silo-2 Dead (taken away)");
        await console.ShowsRow("silo-1 Active");
        await console.GetByRole(AriaRole.Button, new() { Name = "Restart silo-2" }).ClickAsync();
        await console.GetByRole(AriaRole.Button, new() { Name = "Yes" }).ClickAsync();
        await console.ShowsRow("silo-2 Active");
        await Assertions.Expect(console.GetByRole(AriaRole.Row).Filter(new() { HasText = "deactivateSilo" }).First).ToBeVisibleAsync();   // before and after
        await console.IsStillTheSamePage();
    }

    [Fact(Explicit = true)]
    public async Task Lie_OfAReplica_IsSeenInTheConsoleAndNotOnTheBill()
    {
        const string Liar = "1/2";
        await using var crew = await browser.NewVisitor(up.Url);
        var console = await crew.OpenConsole(up.OperatorKey);
        await console.ShowsRow($"{Liar} voting");
        await up.MakeLie(Liar, Cancellation);

        await using var guest = await browser.NewVisitor(up.Url);
        var page = await guest.NewPageAsync();
        await page.Search(await up.NewProperty(Cancellation));
        await page.HoldStandardRoom();
        await page.PayUntilGoing();   // 360 euros, as the button says

        await console.ShowsRow($"{Liar} quarantined: WrongValue");
        await console.IsStillTheSamePage();
        await up.MakeHonest(Liar, Cancellation);
    }

    [Fact(Explicit = true)]
    public async Task Search_SilosStandStill_ShowsTheLastAnswerAndSaysSo()
    {
        await using var guest = await browser.NewVisitor(up.Url);
        var page = await guest.NewPageAsync();
        await page.Search(await up.NewProperty(Cancellation));
        var notice = page.GetByText("Some of what you see may be a little old");

        using (up.PauseSilos())
            await page.LoadUntil(notice, isThere: true);
        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Casa", Exact = true })).ToBeVisibleAsync();

        await page.LoadUntil(notice, isThere: false);
        await page.Finds("1 house has room for you");
    }
}
