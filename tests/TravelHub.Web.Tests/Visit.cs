using System.Globalization;
using Microsoft.Playwright;

namespace TravelHub.Web.Tests;

/// <summary>What a visitor does on the pages, step by step, as he sees them.</summary>
internal static class Visit
{
    private static readonly DateOnly CheckIn = new(2030, 1, 10);

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    /// <summary>Types where and when, and waits for what is found.</summary>
    public static async Task Search(this IPage page, string destination)
    {
        await page.GotoAsync("/");
        await page.GetByLabel("Where to?").FillAsync(destination);
        await page.GetByLabel("Check-in").FillAsync(Iso(CheckIn));
        await page.GetByLabel("Check-out").FillAsync(Iso(CheckIn.AddDays(3)));
        await page.GetByRole(AriaRole.Button, new() { Name = "Search" }).ClickAsync();
        await page.Finds("1 house has room for you");
    }

    /// <summary>Chooses it, and writes who is travelling.</summary>
    public static async Task ChooseStandardRoom(this IPage page)
    {
        await page.GetByRole(AriaRole.Link, new() { Name = "Choose STD" }).ClickAsync();
        await page.Finds(page.GetByLabel("Name"));
        await page.GetByLabel("Name").FillAsync("Ada Byron");
        await page.GetByLabel("E-mail").FillAsync("ada@example.com");
    }

    public static async Task HoldStandardRoom(this IPage page)
    {
        await page.ChooseStandardRoom();
        var (held, isUnknown) = (page.Heading("The room is held for you"), page.Heading("We do not know yet whether the room is held"));
        do
        {
            await page.GetByRole(AriaRole.Button, new() { Name = "Hold this room" }).ClickAsync();
            await Assertions.Expect(held.Or(isUnknown)).ToBeVisibleAsync();
        }
        while (!await held.IsVisibleAsync());   // on a busy machine an answer may stay away: the page asks to press again
        await Assertions.Expect(page.GetByRole(AriaRole.Timer)).ToContainTextAsync("left to pay");
    }

    public static async Task PayWith(this IPage page, string card)
    {
        await page.GetByLabel(card).CheckAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Pay €360" }).ClickAsync();
    }

    /// <summary>Pays with a card that works, and again where nothing came of it, until the trip is confirmed. A page that has no answer looks again by itself.</summary>
    public static async Task PayUntilGoing(this IPage page)
    {
        var (going, pay) = (page.Heading("You are going!"), page.GetByRole(AriaRole.Button, new() { Name = "Pay €360" }));
        do
        {
            await page.PayWith("A card that works");
            await Assertions.Expect(going.Or(pay)).ToBeVisibleAsync();
        }
        while (!await going.IsVisibleAsync());
    }

    /// <summary>Cancels on the page that asks for it.</summary>
    public static async Task CancelUntilCancelled(this IPage page)
    {
        await page.Finds(page.GetByText("That is all of it."));
        await page.GetByRole(AriaRole.Button, new() { Name = "Cancel the trip" }).ClickAsync();
        await page.Finds(page.Heading("This trip is cancelled"));
    }

    /// <summary>Waits for this text. A page that has no answer looks again by itself.</summary>
    public static Task Finds(this IPage page, string text) => page.Finds(page.GetByText(text));

    /// <inheritdoc cref="Finds(IPage, string)"/>
    public static Task Finds(this IPage page, ILocator found) => Assertions.Expect(found).ToBeVisibleAsync();

    /// <summary>Loads the page until this is there, or gone; loading is what takes the time.</summary>
    public static async Task LoadUntil(this IPage page, ILocator what, bool isThere)
    {
        using var patience = new CancellationTokenSource(Patience);
        do
        {
            patience.Token.ThrowIfCancellationRequested();
            await page.ReloadAsync();   // comes back when all of it is drawn
        }
        while (await what.IsVisibleAsync() != isThere);
    }

    /// <summary>Loads the first page until it suggests a place whose name has this in it: suggestions are remembered for a moment.</summary>
    public static async Task LoadUntilListed(this IPage page, string place)
    {
        await page.GotoAsync("/");
        using var patience = new CancellationTokenSource(Patience);
        while (await page.Locator($"#destinations option[value*='{place}' i]").CountAsync() == 0)
        {
            patience.Token.ThrowIfCancellationRequested();
            await page.ReloadAsync();
        }
    }

    /// <summary>Waits until the page's heading says this.</summary>
    public static Task Shows(this IPage page, string heading) =>
        Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync(heading);

    private static ILocator Heading(this IPage page, string name) => page.GetByRole(AriaRole.Heading, new() { Name = name });

    private static string Iso(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
