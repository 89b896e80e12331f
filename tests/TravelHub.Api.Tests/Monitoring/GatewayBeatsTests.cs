using TravelHub.Api.Monitoring;

namespace TravelHub.Api.Tests.Monitoring;

public sealed class GatewayBeatsTests
{
    [Theory]
    [InlineData("http://127.0.0.1:8080", "http://127.0.0.1:8080")]
    [InlineData("https://localhost:8443", "https://localhost:8443")]
    [InlineData("https://192.0.2.7:8443", "https://192.0.2.7:8443")]
    [InlineData("https://0.0.0.0:8443", "https://127.0.0.1:8443")]
    [InlineData("https://[::]:8443", "https://[::1]:8443")]
    public void AskedAt_WhereTheServerListens_IsAnAddressThatCanBeAsked(string bound, string expected) => Assert.Equal(expected, GatewayBeats.AskedAt(bound));
}
