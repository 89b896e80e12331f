using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using TravelHub.Client.Http;

namespace TravelHub.Client.Catalogue;

/// <summary>Reads and writes a catalogue as a JSON array of properties, each with its <c>id</c>.</summary>
internal static class CatalogueFile
{
    private const int MaxIdLength = 64;

    private static readonly JsonSerializerOptions Json = new(TravelHubClient.Json)
    {
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        // A second "rooms" would silently win over the first.
        AllowDuplicateProperties = false,
    };

    private static readonly JsonDocumentOptions Documents = new()
    {
        AllowTrailingCommas = true, CommentHandling = JsonCommentHandling.Skip, AllowDuplicateProperties = false,
    };

    /// <exception cref="InputException">The file cannot be used; names every entry that is wrong, and how.</exception>
    public static IReadOnlyList<CatalogueEntry> Read(string path)
    {
        try
        {
            using var file = File.OpenRead(path);
            return Parse(JsonNode.Parse(file, documentOptions: Documents), path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new InputException($"{path} cannot be read: {e.Message}", e);
        }
        catch (JsonException e)
        {
            throw new InputException($"{path} is not JSON: {e.Message}", e);
        }
    }

    public static string Write(IEnumerable<CatalogueEntry> entries)
    {
        var array = new JsonArray();
        foreach (var entry in entries)
        {
            var property = JsonSerializer.SerializeToNode(entry.Property, Json)!.AsObject();
            property.Insert(0, "id", entry.Id);
            array.Add(property);
        }

        return array.ToJsonString(Json);
    }

    private static List<CatalogueEntry> Parse(JsonNode? root, string path)
    {
        if (root is not JsonArray array)
            throw new InputException($"{path} is not a JSON array of properties.");

        var entries = new List<CatalogueEntry>(array.Count);
        var wrong = new List<string>();
        var ids = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < array.Count; i++)
        {
            var name = $"entry {i + 1}";
            try
            {
                var entry = Parse(array[i], ref name);
                if (!ids.Add(entry.Id))
                    throw new JsonException("an earlier entry has the same id");
                entries.Add(entry);
            }
            catch (JsonException e)
            {
                wrong.Add($"  {name}: {e.Message}");
            }
        }

        return wrong.Count == 0
            ? entries
            : throw new InputException($"{path}: {wrong.Count} of {array.Count} entries cannot be used:\n{string.Join('\n', wrong)}");
    }

    private static CatalogueEntry Parse(JsonNode? node, ref string name)
    {
        if (node is not JsonObject property)
            throw new JsonException("is no object");
        if (property["id"] is not JsonValue value || !value.TryGetValue(out string? id) || !IsId(id))
            throw new JsonException($"its \"id\" must be 1 to {MaxIdLength} letters, digits, '-', '_' or '.'");
        name = $"{name} ({id})";
        property.Remove("id");
        return new CatalogueEntry(id, property.Deserialize<PropertyDocument>(Json) ?? throw new JsonException("is null"));
    }

    private static bool IsId(string id) =>
        id.Length is >= 1 and <= MaxIdLength && id.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.');
}
