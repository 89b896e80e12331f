using Microsoft.Playwright;

namespace TravelHub.Web.Tests;

/// <summary>The machine's own Chromium, without a window.</summary>
public sealed class BrowserFixture : IAsyncLifetime
{
    private static readonly string[] Names = ["chromium", "chromium-browser", "google-chrome-stable", "google-chrome", "chrome.exe"];

    private const float PatienceMilliseconds = 60_000;   // a machine that is busy is no broken page

    private IPlaywright? _playwright;
    private IBrowser? _browser;

    public async ValueTask InitializeAsync()
    {
        var program = Find();
        _playwright = await Playwright.CreateAsync();
        Assertions.SetDefaultExpectTimeout(PatienceMilliseconds);
        _browser = await _playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions
        {
            ExecutablePath = program,
            Timeout = PatienceMilliseconds,
            Args = ["--no-sandbox"],   // root has no sandbox, and only our own pages are looked at
        });
    }

    /// <summary>A visitor who has never been here; he leaves when it is disposed of.</summary>
    public async Task<IBrowserContext> NewVisitor(Uri site)
    {
        var context = await _browser!.NewContextAsync(new BrowserNewContextOptions { BaseURL = site.AbsoluteUri, Locale = "en-GB" });
        context.SetDefaultTimeout(PatienceMilliseconds);
        return context;
    }

    public async ValueTask DisposeAsync()
    {
        if (_browser is not null)
            await _browser.DisposeAsync();
        _playwright?.Dispose();
    }

    private static string Find()
    {
        var folders = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries);
        return Names.SelectMany(name => folders.Select(folder => Path.Combine(folder, name))).FirstOrDefault(File.Exists)
            ?? throw new InvalidOperationException(
                $"The browser tests need Chromium, and none of {string.Join(", ", Names)} is on the PATH. Install it (Debian: apt-get install chromium).");
    }
}
