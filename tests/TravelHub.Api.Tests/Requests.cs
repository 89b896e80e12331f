using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;

namespace TravelHub.Api.Tests;

/// <summary>What clients send, and how their answers are read.</summary>
internal static class Requests
{
    public const string Bookings = "/v1/reservations";

    /// <summary>A booking as the contract shows it: two guests, three nights from 10 January 2030.</summary>
    public static JsonObject Booking(string property, string token = "tok_ok") => new()
    {
        ["stays"] = new JsonArray(new JsonObject
        {
            ["propertyId"] = property,
            ["roomType"] = "STD",
            ["checkIn"] = "2030-01-10",
            ["checkOut"] = "2030-01-13",
            ["rooms"] = 1,
            ["guests"] = 2,
        }),
        ["guest"] = new JsonObject { ["name"] = "Ada Byron", ["email"] = "ada@example.com" },
        ["paymentToken"] = token,
    };

    /// <summary>The same booking with one field of its stay changed, or taken out.</summary>
    public static JsonObject WithStay(this JsonObject booking, string field, JsonNode? value)
    {
        booking["stays"]![0]![field] = value;
        return booking;
    }

    public static Task<HttpResponseMessage> Post(this HttpClient sender, string path, string body, string? key = null)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new StringContent(body, Encoding.UTF8, "application/json") };
        if (key is not null)
            request.Headers.Add("Idempotency-Key", key);
        return sender.SendAsync(request, TestContext.Current.CancellationToken);
    }

    public static Task<HttpResponseMessage> Book(this HttpClient sender, JsonObject body, string? key = null) =>
        sender.Post(Bookings, body.ToJsonString(), key ?? Guid.NewGuid().ToString("N"));

    /// <summary>Books at a gateway that has a cluster.</summary>
    /// <returns>The reservation, decided: a machine that is busy may have made the gateway keep the request for a moment.</returns>
    public static async Task<JsonObject> Booked(this HttpClient sender, JsonObject body, string? key = null)
    {
        key ??= Guid.NewGuid().ToString("N");
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        patience.CancelAfter(TimeSpan.FromMinutes(2));
        while (true)
        {
            var answer = await sender.Book(body, key);
            var booked = await answer.Json();
            if (answer.StatusCode is HttpStatusCode.Created)
                return booked;
            Assert.True(answer.StatusCode is HttpStatusCode.Accepted && !patience.IsCancellationRequested, $"{answer.StatusCode} {booked}");
            await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System, patience.Token);
        }
    }

    public static Task<HttpResponseMessage> Read(this HttpClient sender, string path) =>
        sender.GetAsync(new Uri(path, UriKind.Relative), TestContext.Current.CancellationToken);

    public static async Task<JsonObject> Json(this HttpResponseMessage answer) =>
        (await answer.Content.ReadFromJsonAsync<JsonObject>(TestContext.Current.CancellationToken))!;

    /// <summary>Asserts that the answer is a problem document of this status and code that says what to do.</summary>
    public static async Task<JsonObject> IsProblem(this HttpResponseMessage answer, int status, string code)
    {
        var text = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.True((int)answer.StatusCode == status, $"{(int)answer.StatusCode} is not {status}: {text}");
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
        var document = JsonNode.Parse(text)!.AsObject();
        Assert.Equal(code, document["code"]!.GetValue<string>());
        Assert.Equal($"urn:travelhub:problem:{code}", document["type"]!.GetValue<string>());
        Assert.Equal(status, document["status"]!.GetValue<int>());
        Assert.NotEmpty(document["traceId"]!.GetValue<string>());
        Assert.InRange(document["detail"]!.GetValue<string>().Length, 20, 400);
        return document;
    }
}
