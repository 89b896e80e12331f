using System.Net;
using System.Text.RegularExpressions;

namespace TravelHub.Api.Tests.Access;

[Collection(AccessCollection.Name)]
public sealed class OrleansDashboardTests(AccessFixture access)
{
    [Theory]
    [InlineData("/ops/orleans")]
    [InlineData("/ops/orleans/ClusterStats")]
    public async Task Dashboard_NotSignedIn_LeadsToTheSignIn(string path)
    {
        using var browser = Browser();

        using var answer = await browser.GetAsync(new Uri(path, UriKind.Relative), TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        Assert.StartsWith("/sign-in", answer.Headers.Location!.PathAndQuery, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Dashboard_SignedIn_ShowsTheCluster()
    {
        using var browser = Browser();
        var form = await browser.GetStringAsync(new Uri("/sign-in", UriKind.Relative), TestContext.Current.CancellationToken);
        var fields = Regex.Matches(form, "name=\"(?<name>_handler|__RequestVerificationToken)\" value=\"(?<value>[^\"]*)\"")
            .ToDictionary(field => field.Groups["name"].Value, field => field.Groups["value"].Value);
        var keyField = Regex.Match(form, "name=\"(?<name>[A-Za-z.]*Key)\"").Groups["name"].Value;
        using var key = new FormUrlEncodedContent([.. fields, new(keyField, "operator-key")]);
        (await browser.PostAsync(new Uri("/sign-in", UriKind.Relative), key, TestContext.Current.CancellationToken)).Dispose();

        var page = await browser.GetAsync(new Uri("/ops/orleans/", UriKind.Relative), TestContext.Current.CancellationToken);
        var figures = await browser.GetStringAsync(new Uri("/ops/orleans/DashboardCounters", UriKind.Relative), TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.OK, page.StatusCode);
        Assert.Contains("totalActiveHostCount", figures, StringComparison.OrdinalIgnoreCase);
    }

    private HttpClient Browser() => new(new SocketsHttpHandler { AllowAutoRedirect = false }) { BaseAddress = access.Service.Anyone.BaseAddress };
}
