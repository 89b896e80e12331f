using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using TravelHub.Api.Monitoring;
using TravelHub.Api.Resilience;

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

    /// <summary>A silo that has lost the database says nothing for a long time: longer than a beat may be late.</summary>
    [Fact]
    public async Task Beat_SiloIsSilent_IsSoonToldToAnother()
    {
        await using var gateway = await LonelyGateway.Start();
        var silent = new TaskCompletionSource();
        var told = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        long? first = null;
        var cluster = StubGrains.Of(
            key =>
            {
                if ((first ??= key) == key)
                    return silent.Task;
                told.TrySetResult();
                return Task.CompletedTask;
            }, TimeProvider.System, new CallOptions { WriteAskedAgainAfter = TimeSpan.FromMinutes(1) });
        using var beats = new GatewayBeats(
            gateway.Services.GetRequiredService<IServer>(), gateway.Services.GetRequiredService<IHostApplicationLifetime>(), cluster,
            Options.Create(new GatewayMonitoringOptions { RetryPeriod = TimeSpan.FromMilliseconds(10), Patience = TimeSpan.FromSeconds(1) }), TimeProvider.System,
            NullLogger<GatewayBeats>.Instance);

        await beats.StartAsync(TestContext.Current.CancellationToken);

        await told.Task.WaitAsync(TimeSpan.FromSeconds(15), TimeProvider.System, TestContext.Current.CancellationToken);
        await beats.StopAsync(CancellationToken.None);
    }
}
