using System.Net;
using System.Text.Json.Nodes;
using TravelHub.Testing;

namespace TravelHub.Api.Tests.Intake;

/// <summary>The cluster goes away as a whole and comes back; the customer sees no error.</summary>
public sealed class ClusterAwayTests : IAsyncLifetime
{
    private const string Nights = "checkIn=2030-01-10&checkOut=2030-01-13&guests=2";

    private readonly GatewayFixture _service = new()
    {
        GatewaySettings =
        [
            "--Breaker:BreakDuration=00:00:01", "--Calls:WriteRetryFor=00:00:00.2", "--Calls:ReadRetryFor=00:00:00.2", "--Intake:DeliverEvery=00:00:00.2",
            "--Intake:AwaitBookingFor=00:00:00.5",
        ],
    };

    public ValueTask InitializeAsync() => _service.InitializeAsync();

    public ValueTask DisposeAsync() => _service.DisposeAsync();

    [Fact]
    public async Task Reads_ClusterAway_AreTheLastGoodAnswersOrSayThatThereIsNone()
    {
        var property = await _service.NewProperty(rooms: 5, TestContext.Current.CancellationToken);
        string[] known = [$"/v1/search?destination={property}&{Nights}", $"/v1/properties/{property}", $"/v1/properties/{property}/calendar?from=2030-01-10&to=2030-01-13"];
        foreach (var path in known)
            Assert.False((await (await _service.Anyone.Read(path)).Json())["degraded"]!.GetValue<bool>());
        var booked = await _service.Client.Booked(Requests.Booking(property));
        var own = $"{Requests.Bookings}/{booked["id"]}";
        await _service.Client.Read(own);
        await _service.Client.Read(Requests.Bookings);
        await _service.Client.Read($"{own}/votes");

        await _service.StopSilo();

        foreach (var path in known)
        {
            var answer = await Degraded(_service.Anyone, path);
            Assert.DoesNotContain("\"quote\"", answer.ToJsonString(), StringComparison.Ordinal);
        }

        Assert.Equal("confirmed", (await Degraded(_service.Client, own))["status"]!.GetValue<string>());
        Assert.Single((await Degraded(_service.Client, Requests.Bookings))["data"]!.AsArray());
        await Degraded(_service.Client, $"{own}/votes");
        foreach (var path in new[] { $"/v1/search?destination=elsewhere&{Nights}", "/v1/properties/elsewhere", $"{Requests.Bookings}/{Guid.NewGuid()}" })
        {
            var answer = await _service.Client.Read(path);
            Assert.Equal(HttpStatusCode.Accepted, answer.StatusCode);
            Assert.NotNull(answer.Headers.RetryAfter);
            Assert.Equal("no-answer-yet", (await answer.Json())["code"]!.GetValue<string>());
        }

        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await _service.Anyone.Read("/health/ready")).StatusCode);   // the plain truth
    }

    [Fact]
    public async Task Writes_ClusterAwayAndGatewayRestarted_AreKeptAndCarriedOutOnce()
    {
        var property = await _service.NewProperty(rooms: 5, TestContext.Current.CancellationToken);
        var confirmed = await _service.Client.Booked(Requests.Booking(property));
        await _service.StopSilo();

        var kept = await Kept(await _service.Client.Book(Requests.Booking(property), "kept"));
        Assert.Equal("pending", kept["status"]!.GetValue<string>());
        Assert.Equal(kept["id"]!.GetValue<Guid>(), (await Kept(await _service.Client.Book(Requests.Booking(property), "kept")))["id"]!.GetValue<Guid>());
        await (await _service.Client.Book(Requests.Booking(property).WithStay("guests", 1), "kept")).IsProblem(422, "idempotency-key-reused");
        var nowhere = await Kept(await _service.Client.Book(Requests.Booking("no-such-house"), "refused-later"));
        var cancelled = await Kept(await _service.Client.Post($"{Requests.Bookings}/{confirmed["id"]}/cancellation", "{}"));
        Assert.Equal("cancelling", cancelled["status"]!.GetValue<string>());
        var foreign = Guid.NewGuid();
        await Kept(await _service.Client.Post($"{Requests.Bookings}/{foreign}/payment", """{"paymentToken": "tok_ok"}"""));

        await _service.RestartGateway();
        Assert.Equal("pending", (await (await _service.Client.Read($"{Requests.Bookings}/{kept["id"]}")).Json())["status"]!.GetValue<string>());
        await _service.StartSilo();

        await UntilStatus(kept, "confirmed");
        Assert.Equal([("captured", 36_000L)], await _service.Provider.Charges(kept["id"]!.GetValue<Guid>()));
        await UntilStatus(confirmed, "cancelled");
        await UntilStatus(nowhere, "refused");
        var told = await (await _service.Client.Read($"{Requests.Bookings}/{nowhere["id"]}")).Json();
        Assert.Equal("unknown-property", Assert.Single(told["kept"]!.AsArray())!["code"]!.GetValue<string>());
        await UntilNothingWaits();
        await (await _service.Client.Read($"{Requests.Bookings}/{foreign}")).IsProblem(404, "not-found");
        var repeated = await _service.Client.Book(Requests.Booking(property), "kept");
        Assert.Equal((HttpStatusCode.Created, true), (repeated.StatusCode, repeated.Headers.Contains("Idempotent-Replayed")));
    }

    /// <summary>An answer of a second ago is no old one; but each is 200.</summary>
    private static async Task<JsonObject> Degraded(HttpClient sender, string path)
    {
        JsonObject body = [];
        await Until(async () =>
        {
            var answer = await sender.Read(path);
            body = await answer.Json();
            Assert.True(answer.StatusCode == HttpStatusCode.OK, $"{path}: {answer.StatusCode} {body}");
            return body["degraded"]?.GetValue<bool>() == true && body["source"]!.GetValue<string>() == "stale";
        });
        Assert.NotNull(body["asOf"]);
        return body;
    }

    private static async Task<JsonObject> Kept(HttpResponseMessage answer)
    {
        var body = await answer.Json();
        Assert.True(answer.StatusCode == HttpStatusCode.Accepted, $"{answer.StatusCode} {body}");
        Assert.Equal($"/v1/reservations/{body["id"]}", answer.Headers.Location!.ToString());
        Assert.NotEmpty(body["reason"]!.GetValue<string>());
        return body;
    }

    private Task UntilStatus(JsonObject reservation, string status) => Until(async () =>
        (await (await _service.Client.Read($"{Requests.Bookings}/{reservation["id"]}")).Json())["status"]?.GetValue<string>() == status);

    private Task UntilNothingWaits() => Until(async () =>
        (await (await _service.Operator.Read("/v1/resilience")).Json())["intake"]!["waiting"]!.GetValue<int>() == 0);

    private static async Task Until(Func<Task<bool>> isSo)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (!await isSo())
            await Task.Delay(TimeSpan.FromMilliseconds(100), TimeProvider.System, patience.Token);
    }
}
