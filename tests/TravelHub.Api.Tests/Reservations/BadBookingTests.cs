using System.Text.Json.Nodes;
using TravelHub.Testing;

namespace TravelHub.Api.Tests.Reservations;

/// <summary>A bad request gets a problem document with a sentence that helps, never a 500.</summary>
public sealed class BadBookingTests(GatewayFixture service)
{
    /// <summary>Field of the stay, its value as JSON, the code, and where the error stands.</summary>
    public static TheoryData<string, string, string, string> BadStays => new()
    {
        { "propertyId", "null", "invalid-request", "stays[0].propertyId" },
        { "propertyId", "\"../casa\"", "invalid-request", "stays[0].propertyId" },
        { "roomType", "\"\"", "invalid-request", "stays[0].roomType" },
        { "checkIn", "\"2020-01-10\"", "invalid-request", "stays[0].checkIn" },
        { "checkIn", "null", "invalid-request", "stays[0].checkIn" },
        { "checkOut", "\"2030-01-09\"", "invalid-request", "stays[0].checkOut" },
        { "checkOut", "\"2030-01-10\"", "invalid-request", "stays[0].checkOut" },
        { "checkOut", "\"2031-02-14\"", "invalid-request", "stays[0].checkOut" },   // 400 nights
        { "guests", "0", "invalid-request", "stays[0].guests" },
        { "guests", "-1", "invalid-request", "stays[0].guests" },
        { "guests", "2000000000", "invalid-request", "stays[0].guests" },
        { "rooms", "0", "invalid-request", "stays[0].rooms" },
        { "rooms", "2000000000", "invalid-request", "stays[0].rooms" },
        { "quote", "\"not-a-quote\"", "quote-invalid", "" },
        { "roomType", "\"NONE\"", "unknown-room-type", "" },
        { "propertyId", "\"no-such-house\"", "unknown-property", "" },
        { "guests", "9", "too-many-guests", "" },
        { "ratePlan", "\"NONE\"", "unknown-rate-plan", "" },
    };

    [Theory]
    [MemberData(nameof(BadStays))]
    public async Task Book_BadStay_Is422(string field, string json, string code, string at)
    {
        var property = await service.NewProperty(rooms: 5, TestContext.Current.CancellationToken);
        var answer = await service.Client.Book(Requests.Booking(property).WithStay(field, JsonNode.Parse(json)));
        var problem = await answer.IsProblem(422, code);
        if (at.Length > 0)
            Assert.NotNull(problem["errors"]![at]);
    }

    [Theory]
    [InlineData("guest", "{\"name\": \"\", \"email\": \"ada@example.com\"}", "guest.name")]
    [InlineData("guest", "{\"name\": \"Ada\", \"email\": \"nobody\"}", "guest.email")]
    [InlineData("guest", "{\"name\": \"Ada\", \"email\": \"\\\"\\\\\\u0000\\\"@example.com\"}", "guest.email")]
    [InlineData("guest", "null", "guest.name")]
    [InlineData("paymentToken", "null", "paymentToken")]
    [InlineData("paymentToken", "\"4111111111111111\"", "paymentToken")]
    [InlineData("stays", "[]", "stays")]
    [InlineData("stays", "null", "stays")]
    public async Task Book_BadField_Is422(string field, string json, string at)
    {
        var body = Requests.Booking("casa");
        body[field] = JsonNode.Parse(json);
        var problem = await (await service.Client.Book(body)).IsProblem(422, "invalid-request");
        Assert.NotNull(problem["errors"]![at]);
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("{")]
    [InlineData("[]")]
    [InlineData("\"a text\"")]
    [InlineData("{\"stays\": {}}")]
    [InlineData("{\"stays\": [null]}")]
    [InlineData("{\"stays\": [{\"guests\": 99999999999999999999}]}")]
    [InlineData("{\"stays\": [{\"guests\": 1.5}]}")]
    [InlineData("{\"stays\": [{\"checkIn\": \"10.1.2030\"}]}")]
    [InlineData("{\"unknown\": 1}")]
    [InlineData("{\"mode\": \"steal\"}")]
    public async Task Book_MalformedBody_IsAProblemOfTheCaller(string body)
    {
        var answer = await service.Client.Post(Requests.Bookings, body, Guid.NewGuid().ToString("N"));
        Assert.InRange((int)answer.StatusCode, 400, 422);
        var problem = await answer.Json();
        Assert.NotEmpty(problem["detail"]!.GetValue<string>());
        Assert.True(problem["code"]!.GetValue<string>() is "malformed-json" or "invalid-request" or "bad-request");
    }

    [Fact]
    public async Task Book_TenMegabytes_Is413()
    {
        var answer = await service.Client.Post(Requests.Bookings, $"{{\"stays\": \"{new string('x', 10 << 20)}\"}}", "ten-megabytes");
        await answer.IsProblem(413, "body-too-large");
    }

    [Fact]
    public async Task Book_DeepNesting_Is400()
    {
        var answer = await service.Client.Post(Requests.Bookings, $"{{\"stays\": {new string('[', 10_000)}", "deep");
        await answer.IsProblem(400, "malformed-json");
    }

    [Fact]
    public async Task Book_WithoutIdempotencyKey_Is400() =>
        await (await service.Client.Post(Requests.Bookings, Requests.Booking("casa").ToJsonString())).IsProblem(400, "idempotency-key-missing");

    [Fact]
    public async Task Book_WithoutApiKey_Is401() => await (await service.Anyone.Book(Requests.Booking("casa"))).IsProblem(401, "unauthorized");

    [Fact]
    public async Task Book_WithAnOperatorsKey_Is403() => await (await service.Operator.Book(Requests.Booking("casa"))).IsProblem(403, "forbidden");

    [Fact]
    public async Task Get_UnknownReservation_Is404() =>
        await (await service.Client.Read($"{Requests.Bookings}/{Guid.NewGuid()}")).IsProblem(404, "not-found");

    [Fact]
    public async Task Cancel_OtherVersion_Is412()
    {
        var property = await service.NewProperty(rooms: 5, TestContext.Current.CancellationToken);
        var id = (await service.Client.Booked(Requests.Booking(property)))["id"]!.GetValue<Guid>();
        using var cancel = new HttpRequestMessage(HttpMethod.Post, $"{Requests.Bookings}/{id}/cancellation") { Headers = { { "If-Match", "\"1\"" } } };
        await (await service.Client.SendAsync(cancel, TestContext.Current.CancellationToken)).IsProblem(412, "version-mismatch");
    }

    [Fact]
    public async Task Book_InACharsetThatNobodyKnows_Is415()
    {
        var request = new HttpRequestMessage(HttpMethod.Post, Requests.Bookings) { Content = new StringContent(Requests.Booking("casa").ToJsonString()) };
        request.Content.Headers.Remove("Content-Type");
        request.Content.Headers.TryAddWithoutValidation("Content-Type", "application/json; charset=nope");
        request.Headers.Add("Idempotency-Key", "charset");

        var answer = await service.Client.SendAsync(request, TestContext.Current.CancellationToken);

        await answer.IsProblem(415, "unsupported-media-type");
    }
}
