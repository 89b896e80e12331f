using System.Net;
using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using TravelHub.Api.Access;
using TravelHub.Api.Monitoring;
using TravelHub.Testing;

namespace TravelHub.Api.Tests.Access;

public sealed class ListenAddressesTests
{
    private const string NoDatabase = "--ConnectionStrings:TravelHub=Host=127.0.0.1;Port=1;Username=nobody;Password=none;Database=none;Timeout=1";

    [Theory]
    [InlineData("http://localhost:8080", true)]
    [InlineData("http://127.0.0.1:8080", true)]
    [InlineData("http://[::1]:8080", true)]
    [InlineData("http://unix:/tmp/gateway.sock", true)]
    [InlineData("http://0.0.0.0:8080", false)]
    [InlineData("http://[::]:8080", false)]
    [InlineData("http://*:8080", false)]
    [InlineData("http://+:8080", false)]
    [InlineData("http://192.0.2.7:8080", false)]
    public void IsLoopback_OfAnAddress_IsWhetherOthersCanReachIt(string address, bool expected) => Assert.Equal(expected, ListenAddresses.IsLoopback(address));

    [Theory]
    [InlineData("--urls=http://127.0.0.1:0;http://0.0.0.0:0")]
    [InlineData("--http_ports=8080")]
    [InlineData("--Kestrel:Endpoints:Public:Url=http://*:0")]
    public void Gateway_ReachableInClear_DoesNotStartAndSaysWhy(string setting)
    {
        var e = Assert.Throws<InvalidOperationException>(() => GatewayHost.Build([NoDatabase, "--TravelHub:ClusterId=none", setting]));

        Assert.Contains("--urls=https://", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Gateway_WithACertificate_AnswersOthersAndItselfOverTlsAndTakesNoDevelopmentKey()
    {
        using var folder = new TemporaryFolder();
        var (certificate, key) = (Path.Combine(folder.Path, "gateway.pem"), Path.Combine(folder.Path, "gateway.key"));
        using var made = NewCertificate(certificate, key);
        await using var gateway = GatewayHost.Build(
        [
            NoDatabase, "--TravelHub:ClusterId=none", "--Keys:Client=client-key", "--urls=https://0.0.0.0:0",
            $"--Kestrel:Certificates:Default:Path={certificate}", $"--Kestrel:Certificates:Default:KeyPath={key}",
        ]);
        await gateway.StartAsync(TestContext.Current.CancellationToken);
        var port = new Uri(gateway.Urls.First()).Port;
        using var trusting = new SocketsHttpHandler
        {
            SslOptions = new SslClientAuthenticationOptions { RemoteCertificateValidationCallback = (_, shown, _, _) => shown?.GetCertHashString() == made.GetCertHashString() },
        };
        using var client = new HttpClient(trusting) { BaseAddress = new Uri($"https://127.0.0.1:{port}") };

        using var named = new HttpRequestMessage(HttpMethod.Get, "/health/live") { Headers = { Host = "travelhub.example" } };
        using var live = await client.SendAsync(named, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.OK, live.StatusCode);
        Assert.True(live.Headers.Contains("Strict-Transport-Security"));
        using var itself = GatewayBeats.NewClient(GatewayBeats.AskedAt(gateway.Urls.First()), TimeSpan.FromSeconds(5));   // by an address that the certificate does not name
        Assert.Equal("live", await itself.GetStringAsync(new Uri("/health/live", UriKind.Relative), TestContext.Current.CancellationToken));
        client.DefaultRequestHeaders.Authorization = new("Bearer", "client-key");
        await (await client.Read("/v1/reservations")).IsProblem(401, "unauthorized");
        await gateway.StopAsync(TestContext.Current.CancellationToken);
    }

    private static X509Certificate2 NewCertificate(string certificate, string key)
    {
        var now = TimeProvider.System.GetUtcNow();
        using var pair = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var made = new CertificateRequest("CN=localhost", pair, HashAlgorithmName.SHA256).CreateSelfSigned(now.AddDays(-1), now.AddDays(1));
        File.WriteAllText(certificate, made.ExportCertificatePem());
        File.WriteAllText(key, pair.ExportPkcs8PrivateKeyPem());
        return made;
    }
}
