using System.Net;

namespace TravelHub.PaymentSandbox.Tests.Refunds;

public sealed class RefundEndpointsTests(SandboxInProcess sandbox) : IClassFixture<SandboxInProcess>
{
    private readonly ProviderClient _client = sandbox.Client;

    [Fact]
    public async Task Refund_Captured_RefundedOnce()
    {
        await _client.Charge("c-once", 500);

        var first = await _client.Refund("r-once", "c-once", 500);
        var repeat = await _client.Refund("r-once", "c-once", 500);

        Assert.Equal(HttpStatusCode.OK, first.Status);
        Assert.Equal("""{"refundId":"r-once","chargeId":"c-once","status":"refunded","amountMinor":500,"currency":"EUR"}""", first.Body);
        Assert.Equal(first, repeat);
        Assert.Equal(500, sandbox.Read("SELECT sum(amount_minor) FROM refunds WHERE charge_id = 'c-once'"));
    }

    [Theory]
    [InlineData("c-match", 99, "EUR")]
    [InlineData("c-match", 100, "USD")]
    [InlineData("c-other", 100, "EUR")]
    public async Task Refund_SameIdOtherTerms_Mismatch(string chargeId, long amountMinor, string currency)
    {
        await _client.Charge("c-match", 500);
        await _client.Charge("c-other", 500);
        await _client.Refund("r-match", "c-match", 100);

        var other = await _client.Refund("r-match", chargeId, amountMinor, currency);

        Assert.Equal((HttpStatusCode.Conflict, "refund-mismatch"), (other.Status, other.Code));
    }

    [Fact]
    public async Task Refund_InAnotherCurrency_Mismatch()
    {
        await _client.Charge("c-eur", 500, "EUR");

        Assert.Equal("refund-mismatch", (await _client.Refund("r-usd", "c-eur", 500, "USD")).Code);
    }

    [Fact]
    public async Task Refund_NothingCaptured_Refused()
    {
        await _client.Charge("c-declined", token: "tok_declined");
        await _client.Void("c-voided");

        foreach (var chargeId in new[] { "c-unknown", "c-declined", "c-voided" })
        {
            var reply = await _client.Refund($"r-{chargeId}", chargeId, 1);
            Assert.Equal((HttpStatusCode.Conflict, "charge-not-captured"), (reply.Status, reply.Code));
        }
    }

    [Fact]
    public async Task Refund_PartByPart_UpToTheChargeAndNoFurther()
    {
        await _client.Charge("c-parts", 300);

        Assert.Equal("refunded", (await _client.Refund("r-part-1", "c-parts", 100)).Outcome);
        Assert.Equal("refund-exceeds-charge", (await _client.Refund("r-part-2", "c-parts", 201)).Code);
        Assert.Equal("refunded", (await _client.Refund("r-part-2", "c-parts", 200)).Outcome);
        Assert.Equal("refund-exceeds-charge", (await _client.Refund("r-part-3", "c-parts", 1)).Code);
    }

    [Fact]
    public async Task Refund_ManyAtOnce_NeverMoreThanTheCharge()
    {
        await _client.Charge("c-rush", 1000);

        var replies = await Task.WhenAll(Enumerable.Range(0, 30).Select(number => _client.Refund($"r-rush-{number}", "c-rush", 100)));

        Assert.Equal(10, replies.Count(reply => reply.Outcome == "refunded"));
        Assert.Equal(20, replies.Count(reply => reply.Code == "refund-exceeds-charge"));
        Assert.Equal(1000, sandbox.Read("SELECT sum(amount_minor) FROM refunds WHERE charge_id = 'c-rush'"));
    }

    [Theory]
    [InlineData(0, "EUR")]
    [InlineData(-5, "EUR")]
    [InlineData(5, "E1R")]
    public async Task Refund_TermsOutOfRange_Invalid(long amountMinor, string currency) =>
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await _client.Refund("r-invalid", "c-invalid", amountMinor, currency)).Status);
}
