namespace TravelHub.PaymentSandbox.Tests.Ledger;

public sealed class LedgerEndpointsTests : IAsyncLifetime
{
    private readonly SandboxInProcess _sandbox = new();

    public ValueTask InitializeAsync() => _sandbox.InitializeAsync();

    public ValueTask DisposeAsync() => _sandbox.DisposeAsync();

    [Fact]
    public async Task SumUp_NothingMoved_Empty() =>
        Assert.Equal("{}", (await _sandbox.Client.Get("/ledger")).Body);

    [Fact]
    public async Task SumUp_AfterAMixedDay_TotalsByCurrencyAndEntriesSumToZero()
    {
        var client = _sandbox.Client;
        await Task.WhenAll(Enumerable.Range(1, 20).Select(number => client.Charge($"eur-{number}", 100 * number)));
        await client.Charge("usd-1", 700, "USD");
        await client.Charge("gbp-declined", 900, "GBP", "tok_declined");
        await client.Void("never-seen");
        await client.Refund("refund-1", "eur-20", 1500);
        await client.Refund("refund-2", "eur-20", 501);

        var ledger = await client.Get("/ledger");

        Assert.Equal(
            """
            {"EUR":{"captured":{"count":20,"amountMinor":21000},"refunded":{"count":1,"amountMinor":1500},"balanceMinor":19500},
            "USD":{"captured":{"count":1,"amountMinor":700},"refunded":{"count":0,"amountMinor":0},"balanceMinor":700}}
            """.ReplaceLineEndings(""),
            ledger.Body);
        Assert.Equal(0, _sandbox.Read("SELECT sum(amount_minor) FROM entries"));
        Assert.Equal(0, _sandbox.Read("SELECT count(*) FROM (SELECT 1 FROM entries GROUP BY movement, movement_id HAVING sum(amount_minor) <> 0)"));
    }
}
