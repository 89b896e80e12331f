using System.Globalization;
using TravelHub.Lab.Faults;
using TravelHub.Lab.Instances;

namespace TravelHub.Lab.Dependencies;

/// <summary>The proxies on an instance's connections to its provider, its database and its shared cache.</summary>
internal sealed class Proxies(TimeProvider time) : IAsyncDisposable
{
    private readonly TcpProxy _provider = new(time);
    private readonly TcpProxy _postgres = new(time);
    private readonly TcpProxy _redis = new(time);

    /// <returns>Null for what is not reached over a proxy.</returns>
    public TcpProxy? Of(string name) => name switch
    {
        "provider" => _provider,
        "postgres" => _postgres,
        "redis" => _redis,
        _ => null,
    };

    /// <summary>The site with its parts sent through the proxies.</summary>
    /// <param name="redisPort">Where the shared cache is; 0 for none.</param>
    public LabSite Into(LabSite site, int redisPort)
    {
        _redis.Target = redisPort;
        var extra = new Dictionary<string, string>(site.Extra) { ["Payments__ProviderUrl"] = string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{_provider.Port}") };
        if (redisPort > 0)
            extra["Reads__Redis"] = string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{_redis.Port}");
        return site with { Extra = extra, DatabaseProxy = _postgres };
    }

    /// <summary>The instance has started: its provider's place is known.</summary>
    public void Follow(LabInstance instance) => _provider.Target = instance.ProviderPort;

    public async ValueTask DisposeAsync()
    {
        await _provider.DisposeAsync();
        await _postgres.DisposeAsync();
        await _redis.DisposeAsync();
    }
}
