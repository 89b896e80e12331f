using System.Net;
using TravelHub.Testing;

namespace TravelHub.Web.Tests;

/// <summary>What needs no browser to be seen.</summary>
public sealed class PageTests(GatewayFixture service) : IDisposable
{
    // Keeps no cookies: each request is a first visit.
    private readonly HttpClient _stranger = new(new HttpClientHandler { UseCookies = false }) { BaseAddress = service.Anyone.BaseAddress };

    public void Dispose() => _stranger.Dispose();

    [Fact]
    public async Task Visit_First_GetsAnIdentityThatScriptsAndOtherSitesCannotUse()
    {
        using var answer = await _stranger.GetAsync(new Uri("/trips", UriKind.Relative), TestContext.Current.CancellationToken);

        var cookie = Assert.Single(answer.Headers.GetValues("Set-Cookie"), c => c.StartsWith("th_visitor=", StringComparison.Ordinal));
        Assert.Contains("httponly", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("samesite=lax", cookie, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task Post_WithoutTheFormsToken_IsRefused()
    {
        using var form = new FormUrlEncodedContent([new("_handler", "sign-in"), new("Form.Key", "operator-key")]);
        using var request = new HttpRequestMessage(HttpMethod.Post, "/sign-in") { Content = form, Headers = { { "Accept", "text/html" } } };
        using var answer = await _stranger.SendAsync(request, TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Contains("That did not work", await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
        Assert.False(answer.Headers.TryGetValues("Set-Cookie", out var cookies) && cookies.Any(c => c.StartsWith("th_operator=", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Visitor_AtTheApi_IsNobody()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/v1/reservations");
        using var page = await _stranger.GetAsync(new Uri("/trips", UriKind.Relative), TestContext.Current.CancellationToken);
        request.Headers.Add("Cookie", page.Headers.GetValues("Set-Cookie").Select(c => c.Split(';')[0]));
        using var answer = await _stranger.SendAsync(request, TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/lab")]
    [InlineData("/sign-in")]
    [InlineData("/trips")]
    public async Task Page_AsItIsSent_NamesNoOtherSite(string path)
    {
        var html = await _stranger.GetStringAsync(new Uri(path, UriKind.Relative), TestContext.Current.CancellationToken);

        Assert.DoesNotContain("http://", html.Replace("http://www.w3.org/", "", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.DoesNotContain("https://", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task UnknownAddress_OfABrowser_IsAPage()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/nothing-here") { Headers = { { "Accept", "text/html" } } };
        using var answer = await _stranger.SendAsync(request, TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        Assert.Equal("text/html", answer.Content.Headers.ContentType?.MediaType);
    }
}
