using System.Net;
using System.Text.RegularExpressions;

namespace TravelHub.Api.Tests.Pages.Reservations;

public sealed partial class TripPageTests
{
    [Fact]
    public async Task Pay_ClusterAway_SaysThatNobodyAnswers()
    {
        await using var gateway = await LonelyGateway.Start();
        var trip = new Uri($"/trips/{Guid.NewGuid()}", UriKind.Relative);
        var page = await gateway.Client.GetStringAsync(trip, TestContext.Current.CancellationToken);
        using var form = new FormUrlEncodedContent(
        [
            new("_handler", "pay"), new("__RequestVerificationToken", Token().Match(page).Groups[1].Value), new("Form.Key", "attempt"), new("Form.Token", "tok_ok"),
        ]);

        using var answer = await gateway.Client.PostAsync(trip, form, TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Contains("data-retry", await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [GeneratedRegex("name=\"__RequestVerificationToken\" value=\"([^\"]+)\"")]
    private static partial Regex Token();
}
