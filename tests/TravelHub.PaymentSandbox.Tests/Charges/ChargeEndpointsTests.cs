using System.Net;

namespace TravelHub.PaymentSandbox.Tests.Charges;

public sealed class ChargeEndpointsTests(SandboxInProcess sandbox) : IClassFixture<SandboxInProcess>
{
    private readonly ProviderClient _client = sandbox.Client;

    [Fact]
    public async Task Charge_OkToken_Captured()
    {
        var reply = await _client.Charge("ok", 36000, "EUR", "tok_ok", "reservation-ok");

        Assert.Equal(HttpStatusCode.OK, reply.Status);
        Assert.Equal("""{"chargeId":"ok","status":"captured","amountMinor":36000,"currency":"EUR","reference":"reservation-ok"}""", reply.Body);
    }

    [Theory]
    [InlineData("tok_declined", "card-declined")]
    [InlineData("tok_nobody", "unknown-token")]
    public async Task Charge_TokenThatIsNoGood_DeclinedForGood(string token, string reason)
    {
        var first = await _client.Charge(token, token: token);
        var repeat = await _client.Charge(token, token: token);

        Assert.Equal((HttpStatusCode.OK, "declined", reason), (first.Status, first.Outcome, first.Reason));
        Assert.Equal(first, repeat);
    }

    [Fact]
    public async Task Charge_Repeated_SameAnswerOneCapture()
    {
        var first = await _client.Charge("repeated", reference: "reservation-repeated");
        var repeat = await _client.Charge("repeated", reference: "reservation-repeated");

        Assert.Equal(first, repeat);
        Assert.Equal(2, sandbox.Read("SELECT count(*) FROM entries WHERE movement_id = 'repeated'"));
    }

    [Theory]
    [InlineData(36001, "EUR", "tok_ok", "r")]
    [InlineData(36000, "USD", "tok_ok", "r")]
    [InlineData(36000, "EUR", "tok_declined", "r")]
    [InlineData(36000, "EUR", "tok_ok", "another")]
    public async Task Charge_SameIdOtherTerms_Mismatch(long amountMinor, string currency, string token, string reference)
    {
        var first = await _client.Charge("taken", 36000, "EUR", "tok_ok", "r");

        var other = await _client.Charge("taken", amountMinor, currency, token, reference);

        Assert.Equal((HttpStatusCode.Conflict, "charge-mismatch", "application/problem+json"), (other.Status, other.Code, other.ContentType));
        Assert.Equal(first.Body, (await _client.Get("/charges/taken")).Body);
    }

    [Theory]
    [InlineData(0, "EUR", "tok_ok", "r")]
    [InlineData(-1, "EUR", "tok_ok", "r")]
    [InlineData(100_000_000_001, "EUR", "tok_ok", "r")]
    [InlineData(1, "eur", "tok_ok", "r")]
    [InlineData(1, "EURO", "tok_ok", "r")]
    [InlineData(1, "EUR", "", "r")]
    [InlineData(1, "EUR", "tok_ok", "")]
    [InlineData(1, "EUR", "tok_ok", "no spaces")]
    public async Task Charge_TermsOutOfRange_InvalidAndNotKept(long amountMinor, string currency, string token, string reference)
    {
        var reply = await _client.Charge("invalid", amountMinor, currency, token, reference);

        Assert.Equal((HttpStatusCode.UnprocessableEntity, "invalid-request"), (reply.Status, reply.Code));
        Assert.Equal(HttpStatusCode.NotFound, (await _client.Get("/charges/invalid")).Status);
    }

    [Fact]
    public async Task Charge_WithoutAmount_Invalid()
    {
        var reply = await _client.Put("/charges/no-amount", new { currency = "EUR", token = "tok_ok", reference = "r" });

        Assert.Equal(HttpStatusCode.UnprocessableEntity, reply.Status);
    }

    [Fact]
    public async Task Charge_FiftyIdenticalAtOnce_OneCapture()
    {
        var replies = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => _client.Charge("crowd", reference: "reservation-crowd")));

        Assert.All(replies, reply => Assert.Equal(replies[0], reply));
        Assert.Equal("captured", replies[0].Outcome);
        Assert.Equal(1, sandbox.Read("SELECT count(*) FROM charges WHERE reference = 'reservation-crowd' AND status = 'captured'"));
        Assert.Equal(36000, sandbox.Read("SELECT sum(amount_minor) FROM entries WHERE movement_id = 'crowd' AND account = 'merchant'"));
    }

    [Fact]
    public async Task Find_UnknownId_NotFound() =>
        Assert.Equal(HttpStatusCode.NotFound, (await _client.Get("/charges/never-seen")).Status);

    [Fact]
    public async Task List_ByReference_AllItsChargesAndNoOthers()
    {
        await _client.Charge("list-1", reference: "reservation-list", token: "tok_declined");
        await _client.Charge("list-2", reference: "reservation-list");
        await _client.Charge("list-3", reference: "reservation-other");

        var listed = await _client.Get("/charges?reference=reservation-list");

        Assert.Equal(["list-1", "list-2"], listed.Json.EnumerateArray().Select(charge => charge.GetProperty("chargeId").GetString()));
        Assert.Equal("[]", (await _client.Get("/charges?reference=reservation-nobody")).Body);
    }
}
