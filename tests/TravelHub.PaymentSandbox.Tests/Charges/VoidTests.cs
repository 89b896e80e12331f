using System.Net;

namespace TravelHub.PaymentSandbox.Tests.Charges;

public sealed class VoidTests(SandboxInProcess sandbox) : IClassFixture<SandboxInProcess>
{
    private readonly ProviderClient _client = sandbox.Client;

    [Fact]
    public async Task Void_NeverSeen_BlocksALateCharge()
    {
        var voided = await _client.Void("late");
        var repeat = await _client.Void("late");
        var late = await _client.Charge("late");

        Assert.Equal((HttpStatusCode.OK, """{"chargeId":"late","status":"voided"}"""), (voided.Status, voided.Body));
        Assert.Equal(voided, repeat);
        Assert.Equal((HttpStatusCode.Conflict, "charge-voided"), (late.Status, late.Code));
        Assert.Equal(0, sandbox.Read("SELECT count(*) FROM entries WHERE movement_id = 'late'"));
    }

    [Fact]
    public async Task Void_Captured_StaysCapturedWithItsAmount()
    {
        await _client.Charge("kept", 12300);

        var voided = await _client.Void("kept");

        Assert.Equal((HttpStatusCode.OK, "captured"), (voided.Status, voided.Outcome));
        Assert.Equal(12300, voided.Json.GetProperty("amountMinor").GetInt64());
        Assert.Equal("captured", (await _client.Charge("kept", 12300)).Outcome);
    }

    [Fact]
    public async Task Void_Declined_BecomesVoided()
    {
        await _client.Charge("declined", token: "tok_declined");

        var voided = await _client.Void("declined");
        var repeat = await _client.Charge("declined", token: "tok_declined");

        Assert.Equal("""{"chargeId":"declined","status":"voided"}""", voided.Body);
        Assert.Equal((HttpStatusCode.Conflict, "charge-voided"), (repeat.Status, repeat.Code));
        Assert.Equal("voided", (await _client.Get("/charges/declined")).Outcome);
    }

    [Fact]
    public async Task Void_RacingItsCharge_BothTellTheSameStory()
    {
        var races = await Task.WhenAll(Enumerable.Range(0, 40).Select(async race =>
        {
            var charge = _client.Charge($"race-{race}");
            var voided = _client.Void($"race-{race}");
            return (Charge: await charge, Void: await voided);
        }));

        Assert.All(races, race => Assert.Equal(
            race.Charge.Outcome == "captured" ? "captured" : "voided",
            race.Void.Outcome));
    }
}
