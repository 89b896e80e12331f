namespace TravelHub.Api.Tests.Access;

public sealed class SecurityHeadersTests
{
    [Theory]
    [InlineData("/health/live")]
    [InlineData("/v1/search")]                 // a problem
    [InlineData("/v1/nothing-here")]
    public async Task Answer_WithData_LoadsAndFramesNothing(string path)
    {
        await using var gateway = await LonelyGateway.Start();
        var answer = await gateway.Client.Read(path);

        Assert.Equal("nosniff", Assert.Single(answer.Headers.GetValues("X-Content-Type-Options")));
        Assert.Equal("default-src 'none'; frame-ancestors 'none'", Assert.Single(answer.Headers.GetValues("Content-Security-Policy")));
        Assert.Equal("no-referrer", Assert.Single(answer.Headers.GetValues("Referrer-Policy")));
        Assert.Contains("no-store", answer.Headers.CacheControl!.ToString(), StringComparison.Ordinal);
        Assert.False(answer.Headers.Contains("Server"));
    }
}
