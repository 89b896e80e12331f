using System.Text.Json;

namespace TravelHub.Client.Http;

/// <summary>Reads the target from the folder of an instance.</summary>
internal static class TargetFolder
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    /// <exception cref="InputException">There is no readable instance.</exception>
    public static Target Read(string folder)
    {
        var file = Path.Combine(folder, "instance.json");
        try
        {
            var instance = JsonSerializer.Deserialize<InstanceFile>(File.ReadAllText(file), Json);
            if (instance is not { Url: { } url, Keys: { } keys })
                throw new InputException($"{file} names no address and keys.");
            return new Target(url, keys.Client, keys.Operator, instance.ConnectionString, Path.Combine(folder, "payments.db"));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or JsonException)
        {
            throw new InputException($"No instance can be read from {folder}: {e.Message}", e);
        }
    }

    private sealed record InstanceFile(Uri? Url, string? ConnectionString, InstanceKeys? Keys);

    private sealed record InstanceKeys(string Client, string Operator);
}
