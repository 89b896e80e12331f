using Microsoft.Playwright;
using TravelHub.Testing;

namespace TravelHub.Web.Tests.Reservations;

/// <summary>From the search to the end of a trip, in a real browser, against a real cluster.</summary>
public sealed class BookingJourneyTests(GatewayFixture service, BrowserFixture browser)
{
    [Fact]
    public async Task Book_SearchHoldAndPay_IsConfirmedListedAndCancelledWithItsRefund()
    {
        await using var guest = await browser.NewVisitor(service.Anyone.BaseAddress!);
        var page = await guest.NewPageAsync();
        await page.Search(await service.NewProperty(rooms: 5, TestContext.Current.CancellationToken));
        await page.HoldStandardRoom();
        var trip = Guid.Parse(page.Url[^36..]);

        await page.PayWith("A card that works");
        await page.Shows("You are going!");
        Assert.Equal([("captured", 36_000L)], await service.Provider.Charges(trip));

        await page.GotoAsync("/trips");
        await Assertions.Expect(page.GetByRole(AriaRole.Listitem).Filter(new() { HasText = "Casa" })).ToContainTextAsync("Confirmed");
        await page.GetByRole(AriaRole.Link, new() { Name = "Casa" }).ClickAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "Cancel this trip" }).ClickAsync();
        await page.Shows("Cancel this trip?");
        await Assertions.Expect(page.GetByText("That is all of it.")).ToBeVisibleAsync();
        Assert.Equal(0, await service.Provider.RefundedMinor(trip));

        await page.GetByRole(AriaRole.Button, new() { Name = "Cancel the trip" }).ClickAsync();
        await page.Shows("This trip is cancelled");
        await Assertions.Expect(page.GetByText("€360 is on its way back to you.")).ToBeVisibleAsync();
        Assert.Equal(36_000, await service.Provider.RefundedMinor(trip));
    }

    /// <summary>As an old offer is, when the search has not answered in time.</summary>
    [Fact]
    public async Task Hold_OfferThatPromisesNoPrice_IsHeldAtTodaysPrice()
    {
        await using var guest = await browser.NewVisitor(service.Anyone.BaseAddress!);
        var page = await guest.NewPageAsync();
        await page.Search(await service.NewProperty(rooms: 1, TestContext.Current.CancellationToken));
        await page.ChooseStandardRoom();
        await page.Locator("[name='Form.Quote']").EvaluateAsync("quote => quote.value = ''");

        await page.GetByRole(AriaRole.Button, new() { Name = "Hold this room" }).ClickAsync();

        await page.Shows("The room is held for you");
        await Assertions.Expect(page.GetByRole(AriaRole.Button, new() { Name = "Pay €360" })).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Pay_DeclinedCard_KeepsTheRoomForAnother()
    {
        await using var guest = await browser.NewVisitor(service.Anyone.BaseAddress!);
        var page = await guest.NewPageAsync();
        await page.Search(await service.NewProperty(rooms: 1, TestContext.Current.CancellationToken));
        await page.HoldStandardRoom();

        await page.PayWith("A card that is declined");
        await page.Shows("The card was declined");
        await page.PayWith("A card that works");

        await page.Shows("You are going!");
    }

    [Fact]
    public async Task Trip_ChangedElsewhere_IsShownWithoutAReload()
    {
        await using var guest = await browser.NewVisitor(service.Anyone.BaseAddress!);
        var page = await guest.NewPageAsync();
        await page.Search(await service.NewProperty(rooms: 1, TestContext.Current.CancellationToken));
        await page.HoldStandardRoom();
        var sameVisitor = await page.Context.NewPageAsync();
        await sameVisitor.GotoAsync(page.Url + "/cancel");

        await sameVisitor.GetByRole(AriaRole.Button, new() { Name = "Cancel the trip" }).ClickAsync();

        await page.Shows("This trip is cancelled");
    }

    [Fact]
    public async Task Choose_LastRoomTakenMeanwhile_IsToldKindly()
    {
        var property = await service.NewProperty(rooms: 1, TestContext.Current.CancellationToken);
        await using var lateGuest = await browser.NewVisitor(service.Anyone.BaseAddress!);
        var late = await lateGuest.NewPageAsync();
        await late.Search(property);
        await using var quickGuest = await browser.NewVisitor(service.Anyone.BaseAddress!);
        var quick = await quickGuest.NewPageAsync();
        await quick.Search(property);
        await quick.HoldStandardRoom();

        var choice = (await late.GetByRole(AriaRole.Link, new() { Name = "Choose STD" }).GetAttributeAsync("href"))!;
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        do
        {
            patience.Token.ThrowIfCancellationRequested();
            await late.GotoAsync(choice);   // what others took shows within a second
        }
        while (await late.GetByText("This room is no longer free").CountAsync() == 0);
    }

    [Fact]
    public async Task Trip_OfAnotherVisitor_IsNotThere()
    {
        await using var ownGuest = await browser.NewVisitor(service.Anyone.BaseAddress!);
        var owner = await ownGuest.NewPageAsync();
        await owner.Search(await service.NewProperty(rooms: 1, TestContext.Current.CancellationToken));
        await owner.HoldStandardRoom();

        await using var otherGuest = await browser.NewVisitor(service.Anyone.BaseAddress!);
        var other = await otherGuest.NewPageAsync();
        var answer = await other.GotoAsync(owner.Url);

        Assert.Equal(404, answer!.Status);
        await other.Shows("We find no such trip of yours");
        await other.GotoAsync("/trips");
        await Assertions.Expect(other.GetByText("No trips yet")).ToBeVisibleAsync();
    }
}
