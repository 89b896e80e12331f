using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using TravelHub.Api.Tests.Access;

namespace TravelHub.Api.Tests.Problems;

[Collection(AccessCollection.Name)]
public sealed class SecretsTests(AccessFixture access)
{
    private const string Card = "4111111111111111";
    private const string Secret = "thk_Nobody000000_0123456789abcdefghijABCDEFGHIJ0123456789abc";

    /// <summary>A card number or a key wherever a caller can put one, with the cluster there and away.</summary>
    [Fact]
    public async Task Secrets_SentInAnyPlace_AreInNoErrorAndNoLog()
    {
        using var logs = new LogCapture();
        var logging = access.Service.Gateway.GetRequiredService<ILoggerFactory>();
        logging.AddProvider(logs);
        logging.CreateLogger("TravelHub.Test").LogWarning("what is logged is seen here");

        var answers = await SendEverywhere();
        await access.WhileTheClusterIsAway(async () => answers.AddRange(await SendEverywhere()));

        Assert.True(answers.Count >= 30, $"{answers.Count} answers");
        Assert.Contains("what is logged is seen here", logs.Text, StringComparison.Ordinal);
        foreach (var text in answers.Append(logs.Text))
        {
            Assert.DoesNotContain(Card, text, StringComparison.Ordinal);
            Assert.DoesNotContain(Secret, text, StringComparison.Ordinal);
            Assert.DoesNotContain("ada.card@example.com", text, StringComparison.Ordinal);
            Assert.DoesNotContain("client-key", text, StringComparison.Ordinal);
            Assert.DoesNotContain("   at TravelHub", text, StringComparison.Ordinal);
        }
    }

    private async Task<List<string>> SendEverywhere()
    {
        var answers = new List<string>();
        foreach (var value in new[] { Card, Secret })
        {
            var booking = Requests.Booking("casa", value).WithStay("quote", value);
            booking["guest"] = new JsonObject { ["name"] = "Ada", ["email"] = "ada.card@example.com" };
            await Add(HttpMethod.Post, "/v1/reservations", booking.ToJsonString(), access.Service.Client);
            await Add(HttpMethod.Post, "/v1/reservations", $$"""{"{{value}}": "{{value}}"}""", access.Service.Client);
            await Add(HttpMethod.Post, "/v1/reservations", value, access.Service.Client);
            await Add(HttpMethod.Post, $"/v1/reservations/{Guid.NewGuid()}/payment", $$"""{"paymentToken": "{{value}}"}""", access.Service.Client);
            await Add(HttpMethod.Get, $"/v1/properties/{value}", null, access.Service.Anyone);
            await Add(HttpMethod.Get, $"/v1/properties/{value}/calendar?from={value}&to={value}", null, access.Service.Anyone);
            await Add(HttpMethod.Get, $"/v1/search?destination={value}&checkIn={value}", null, access.Service.Anyone);
            await Add(HttpMethod.Get, $"/v1/{value}", null, access.Service.Anyone);
            await Add(new HttpMethod(value.Replace('_', 'A')), "/v1/reservations", null, access.Service.Client);
            await Add(HttpMethod.Put, $"/v1/properties/{value}/room-types/{value}/inventory", "{}", access.Service.Client);
            await Add(HttpMethod.Get, "/v1/reservations", null, access.Service.Anyone, value);
            await Add(HttpMethod.Delete, $"/v1/keys/{value}", null, access.Service.Client);
        }

        return answers;

        async Task Add(HttpMethod method, string path, string? body, HttpClient sender, string? key = null)
        {
            using var request = new HttpRequestMessage(method, path);
            request.Headers.Add("Idempotency-Key", $"{Guid.NewGuid()}");
            if (key is not null)
                request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", key);
            if (body is not null)
                request.Content = new StringContent(body, Encoding.UTF8, "application/json");
            using var answer = await sender.SendAsync(request, TestContext.Current.CancellationToken);
            if (!answer.IsSuccessStatusCode)
                answers.Add(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        }
    }
}
