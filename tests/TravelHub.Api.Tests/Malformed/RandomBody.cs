using System.Text;
using System.Text.Json.Nodes;

namespace TravelHub.Api.Tests.Malformed;

/// <summary>A body that fits its route but for one value, or does not fit at all.</summary>
internal sealed class RandomBody(Random random, string property)
{
    private const int MostBytes = 70_000;   // a little more than is taken

    public byte[] Make(string pattern) => random.Next(10) switch
    {
        0 => Noise(),
        1 => Nested(),
        2 => Encoding.UTF8.GetBytes(Pick("", "null", "[]", "\"text\"", "1e999", "{", "{\"a\":1,}", "{\"a\":1}{\"a\":1}", "/* */ {}", "{\"a\":NaN}", "tru")),
        3 => Encoding.Unicode.GetBytes(Fitting(pattern).ToJsonString()),
        4 => [.. Encoding.UTF8.Preamble, .. Changed(pattern)],
        _ => Changed(pattern),
    };

    private byte[] Noise()
    {
        var bytes = new byte[random.Next(random.Next(20) == 0 ? MostBytes : 300)];
        random.NextBytes(bytes);
        return bytes;
    }

    private byte[] Nested()
    {
        var depth = random.Next(1, 2_000);
        return Encoding.UTF8.GetBytes(random.Next(2) == 0
            ? new string('[', depth) + new string(']', depth)
            : string.Concat(Enumerable.Repeat("{\"stays\":", depth)) + "1" + new string('}', depth));
    }

    private byte[] Changed(string pattern)
    {
        var body = Fitting(pattern);
        if (random.Next(8) > 0)
            Change(body);
        var text = body.ToJsonString();
        // What no serializer writes: half a pair of surrogates, a null character, a name twice.
        if (random.Next(10) == 0)
            text = text.Replace("\"Ada Byron\"", Pick("\"\\ud800\"", "\"\\u0000\"", "\"\\uffff\"", "\"Ada\", \"name\": 1"), StringComparison.Ordinal)
                .Replace("\"Casa\"", Pick("\"\\udfff\"", "\"a\\u0000b\""), StringComparison.Ordinal);
        return Encoding.UTF8.GetBytes(text);
    }

    private JsonNode Fitting(string pattern) => pattern switch
    {
        "/v1/properties/{id}" => JsonNode.Parse("""
            {"name": "Casa", "destination": "lisbon", "timeZone": "Europe/Lisbon", "currency": "EUR", "bookableDaysAhead": 365,
             "roomTypes": [{"code": "STD", "sleeps": 2, "rooms": 5, "nightlyMinor": 12000}]}
            """)!,
        _ when pattern.EndsWith("/inventory", StringComparison.Ordinal) => JsonNode.Parse("""{"rooms": 3, "allowance": 1, "from": "2030-01-10", "until": "2030-01-13"}""")!,
        _ when pattern.EndsWith("/payment", StringComparison.Ordinal) => JsonNode.Parse("""{"paymentToken": "tok_ok"}""")!,
        _ when pattern.EndsWith("/resolution", StringComparison.Ordinal) => JsonNode.Parse("""{"amountMinor": 36000, "currency": "EUR"}""")!,
        "/v1/keys" => JsonNode.Parse("""{"owner": "fuzz", "role": "client", "expiresAt": "2030-01-10T00:00:00Z"}""")!,
        _ when pattern.EndsWith("/rotation", StringComparison.Ordinal) => JsonNode.Parse("""{"graceSeconds": 5, "expiresAt": "2030-01-10T00:00:00Z"}""")!,
        _ => Requests.Booking(property),
    };

    // One value anywhere becomes something else, or its field goes, or gets another name.
    private void Change(JsonNode body)
    {
        var places = new List<(JsonNode Parent, object Key)>();
        Collect(body, places);
        var (parent, key) = places[random.Next(places.Count)];
        if (parent is JsonArray array)
        {
            array[(int)key] = Value();
            return;
        }

        var fields = parent.AsObject();
        switch (random.Next(6))
        {
            case 0:
                fields.Remove((string)key);
                break;
            case 1:
                fields[$"{key}x"] = Value();
                break;
            default:
                fields[(string)key] = Value();
                break;
        }
    }

    private static void Collect(JsonNode? node, List<(JsonNode, object)> places)
    {
        switch (node)
        {
            case JsonObject fields:
                foreach (var (name, value) in fields)
                {
                    places.Add((fields, name));
                    Collect(value, places);
                }

                break;
            case JsonArray items:
                for (var i = 0; i < items.Count; i++)
                {
                    places.Add((items, i));
                    Collect(items[i], places);
                }

                break;
        }
    }

    private JsonNode? Value() => random.Next(18) switch
    {
        0 => null,
        1 => JsonValue.Create(-1),
        2 => JsonValue.Create(0),
        3 => JsonValue.Create(long.MaxValue),
        4 => JsonValue.Create(int.MinValue),
        5 => JsonValue.Create(1.5),
        6 => JsonValue.Create(double.MaxValue),
        7 => JsonValue.Create(true),
        8 => JsonValue.Create(""),
        9 => JsonValue.Create(new string('x', random.Next(1, 20_000))),
        10 => JsonValue.Create("9999-12-31"),
        11 => JsonValue.Create("0001-01-01"),
        12 => JsonValue.Create("'; --"),
        13 => JsonValue.Create("\u0007\u202e\ud83d\ude00"),
        14 => new JsonArray(),
        15 => new JsonObject(),
        16 => new JsonArray([.. Enumerable.Range(0, random.Next(1, 300)).Select(i => (JsonNode?)JsonValue.Create(i))]),
        _ => JsonValue.Create("9999-12-31T23:59:59.9999999+14:00"),
    };

    private string Pick(params string[] from) => from[random.Next(from.Length)];
}
