using System.Net.Http.Headers;
using Microsoft.AspNetCore.Builder;

namespace TravelHub.Api.Tests;

/// <summary>A gateway without cluster and database: for all that it does by itself.</summary>
internal sealed class LonelyGateway : IAsyncDisposable
{
    private readonly WebApplication _gateway;

    private LonelyGateway(WebApplication gateway)
    {
        _gateway = gateway;
        Client = new HttpClient { BaseAddress = new Uri(gateway.Urls.First()) };
        Client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", "client-key");
    }

    public HttpClient Client { get; }

    public IServiceProvider Services => _gateway.Services;

    public static async Task<LonelyGateway> Start(params string[] settings)
    {
        var gateway = GatewayHost.Build(
        [
            "--urls=http://127.0.0.1:0", "--ConnectionStrings:TravelHub=Host=127.0.0.1;Port=1;Username=nobody;Password=none;Database=none;Timeout=1",
            "--TravelHub:ClusterId=none", "--Keys:Client=client-key", .. settings,
        ]);
        await gateway.StartAsync(TestContext.Current.CancellationToken);
        return new LonelyGateway(gateway);
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await _gateway.StopAsync();
        await _gateway.DisposeAsync();
    }
}
