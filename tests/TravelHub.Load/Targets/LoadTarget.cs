using System.Text.Json;

namespace TravelHub.Load.Targets;

/// <summary>Where the load goes, and the key that books there.</summary>
internal sealed record LoadTarget(Uri Url, string ClientKey)
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    /// <param name="url">Wins over the folder's word; null for that one.</param>
    /// <param name="clientKey">Wins over the folder's word; null for that one.</param>
    /// <param name="dataFolder">The data folder of an instance; null for none.</param>
    /// <exception cref="TargetException">Address or key is nowhere to be found.</exception>
    public static LoadTarget Find(string? url, string? clientKey, string? dataFolder)
    {
        var instance = dataFolder is null ? null : Read(dataFolder);
        url ??= instance?.Url;
        clientKey ??= instance?.Keys?.Client;
        if (url is null || clientKey is null)
            throw new TargetException("Say where the load goes: --data DIR, or --url with --key.");
        return Uri.TryCreate(url, UriKind.Absolute, out var address) && address.Scheme is ("http" or "https")
            ? new LoadTarget(address, clientKey)
            : throw new TargetException($"{url} is not an address such as http://127.0.0.1:8080.");
    }

    private static Instance Read(string dataFolder)
    {
        var path = Path.Combine(dataFolder, "instance.json");
        try
        {
            return JsonSerializer.Deserialize<Instance>(File.ReadAllText(path), Json) ?? throw new JsonException("It is null.");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or JsonException)
        {
            throw new TargetException($"No TravelHub was ever started in {dataFolder}: {e.Message}", e);
        }
    }

    /// <summary>What is needed of the file in which <c>up</c> keeps its instance.</summary>
    private sealed record Instance(string? Url, Keys? Keys);

    private sealed record Keys(string? Client);
}
