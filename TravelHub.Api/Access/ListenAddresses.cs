using System.Net;

namespace TravelHub.Api.Access;

/// <summary>Where the gateway listens: on loopback in clear, and elsewhere with TLS alone, since keys and guests' data would be read on their way.</summary>
internal static class ListenAddresses
{
    /// <summary>Before anything listens.</summary>
    /// <exception cref="InvalidOperationException">Other machines would reach an address without TLS.</exception>
    public static void Check(IConfiguration configuration)
    {
        string[] open = [.. Of(configuration).Where(address => !IsLoopback(address) && !IsEncrypted(address))];
        if (open.Length > 0)
        {
            throw new InvalidOperationException(
                $"The gateway does not listen on {string.Join(", ", open)}: other machines reach that, and it is not encrypted. Listen on loopback, such as "
                + "--urls=http://127.0.0.1:8080, or with TLS: --urls=https://0.0.0.0:8443 and Kestrel__Certificates__Default__Path (with __KeyPath or __Password).");
        }
    }

    /// <summary>Whether an address that the server listens on is out of other machines' reach.</summary>
    public static bool IsLoopback(string address)
    {
        var binding = BindingAddress.Parse(address);
        return binding.IsUnixPipe || binding.Host.Equals("localhost", StringComparison.OrdinalIgnoreCase)
            || (IPAddress.TryParse(binding.Host.Trim('[', ']'), out var ip) && IPAddress.IsLoopback(ip));
    }

    private static bool IsEncrypted(string address) => BindingAddress.Parse(address).Scheme.Equals(Uri.UriSchemeHttps, StringComparison.OrdinalIgnoreCase);

    /// <summary>What is configured, as the server chooses: endpoints by name, else addresses, else ports. None is the server's own default, which is loopback.</summary>
    public static IEnumerable<string> Of(IConfiguration configuration)
    {
        string[] endpoints = [.. configuration.GetSection("Kestrel:Endpoints").GetChildren().Select(e => e["Url"]).OfType<string>()];
        if (endpoints.Length > 0)
            return endpoints;
        var urls = Listed(configuration[WebHostDefaults.ServerUrlsKey]);
        return urls.Length > 0 ? urls :
        [
            .. Listed(configuration[WebHostDefaults.HttpPortsKey]).Select(port => $"http://*:{port}"),
            .. Listed(configuration[WebHostDefaults.HttpsPortsKey]).Select(port => $"https://*:{port}"),
        ];
    }

    private static string[] Listed(string? text) => text?.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) ?? [];
}
