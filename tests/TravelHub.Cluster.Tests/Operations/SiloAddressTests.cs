using TravelHub.Silo;

namespace TravelHub.Cluster.Tests.Operations;

public sealed class SiloAddressTests
{
    [Theory]
    [InlineData("--urls=http://0.0.0.0:0")]
    [InlineData("--urls=https://*:0")]
    [InlineData("--urls=http://127.0.0.1:0;http://192.0.2.7:0")]
    [InlineData("--http_ports=8080")]
    [InlineData("--https_ports=8443")]
    [InlineData("--Kestrel:Endpoints:Public:Url=http://*:0")]
    public void Silo_ReachableFromElsewhere_DoesNotStartAndSaysWhy(string setting)
    {
        var e = Assert.Throws<InvalidOperationException>(() => SiloHost.Build(["--ConnectionStrings:TravelHub=Host=127.0.0.1", setting]));

        Assert.Contains("loopback", e.Message, StringComparison.Ordinal);
    }
}
