using System.Net;

namespace TravelHub.PaymentSandbox.Tests.Access;

public sealed class BearerKeyTests(SandboxInProcess sandbox) : IClassFixture<SandboxInProcess>
{
    [Theory]
    [InlineData(null)]
    [InlineData("Bearer a-key-for-tests-alonf")]
    [InlineData("Bearer a-key-for-tests-alone-and-more")]
    [InlineData("Basic a-key-for-tests-alone")]
    public async Task Request_WithoutTheKey_Refused(string? shown)
    {
        using var stranger = new ProviderClient(sandbox.Address, shown);

        var charge = await stranger.Charge("stranger");
        var ledger = await stranger.Get("/ledger");
        var nowhere = await stranger.Get("/nowhere");

        Assert.All([charge, ledger, nowhere], reply => Assert.Equal((HttpStatusCode.Unauthorized, "unauthorized"), (reply.Status, reply.Code)));
        Assert.Equal(HttpStatusCode.NotFound, (await sandbox.Client.Get("/charges/stranger")).Status);
    }

    [Fact]
    public async Task Readiness_WithoutTheKey_Answered()
    {
        using var stranger = new ProviderClient(sandbox.Address, null);

        Assert.Equal(HttpStatusCode.OK, (await stranger.Get("/health/ready")).Status);
    }
}
