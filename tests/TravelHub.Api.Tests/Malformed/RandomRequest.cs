using System.Globalization;
using System.Text;

namespace TravelHub.Api.Tests.Malformed;

/// <summary>
/// A request as bytes: half of it as the API wants it, the other half anything. The same seed and number make the same request. No word of it is one that
/// a leak is known by, so that what a caller is told of his own request is no leak.
/// </summary>
internal sealed class RandomRequest(int seed, int number, IReadOnlyList<(string Method, string Pattern)> routes, IReadOnlyList<string> keys, string property)
{
    private static readonly string[] Methods = ["GET", "POST", "PUT", "DELETE", "HEAD", "OPTIONS", "PATCH", "TRACE", "get", "G\u00C9T", "BREW", "GET GET", ""];

    private static readonly string[] QueryNames =
        ["limit", "after", "destination", "checkIn", "checkOut", "guests", "rooms", "maxPrice", "sort", "from", "to", "x[]", "", "%00", "limit"];

    private static readonly string[] HeaderNames =
        ["Idempotency-Key", "If-Match", "Accept", "Accept-Encoding", "Cookie", "Expect", "X-Forwarded-For", "Range", "Content-Encoding", "X", "blazor-enhanced-nav", "Origin", "Upgrade"];

    private static readonly string[] ContentTypes =
        ["application/json", "application/json; charset=utf-16", "application/json; charset=nope", "text/xml", "multipart/form-data; boundary=x", "application/x-www-form-urlencoded", ";;;", ""];

    private readonly Random _random = new(unchecked((seed * 397) ^ (number * 31_337)));

    /// <summary>What is sent, in the order in which it goes out.</summary>
    public byte[] Make()
    {
        var route = Pick(routes);
        var method = One(8) ? Pick(Methods) : route.Method;
        var body = method is "GET" or "HEAD" && !One(10) ? [] : new RandomBody(_random, property).Make(route.Pattern);
        var head = new StringBuilder();
        head.Append(CultureInfo.InvariantCulture, $"{method} {Target(route.Pattern)} HTTP/{(One(60) ? Pick(["1.0", "9", ""]) : "1.1")}\r\n");
        if (!One(50))
            head.Append("Host: 127.0.0.1\r\n");
        head.Append("Connection: close\r\n");
        if (!One(4))
            head.Append(CultureInfo.InvariantCulture, $"Authorization: {(One(8) ? Odd() : $"Bearer {Pick(keys)}")}\r\n");
        if (!One(12))
            head.Append(CultureInfo.InvariantCulture, $"Content-Type: {(One(6) ? Pick(ContentTypes) : "application/json")}\r\n");
        if (!One(6))
            head.Append(CultureInfo.InvariantCulture, $"Idempotency-Key: {_random.Next()}\r\n");
        for (var more = One(3) ? _random.Next(1, 4) : One(100) ? 150 : 0; more > 0; more--)
            head.Append(CultureInfo.InvariantCulture, $"{Pick(HeaderNames)}: {(One(5) ? new string('h', _random.Next(1, 9_000)) : Odd())}\r\n");
        head.Append(Length(body.Length));
        if (One(80))
            head.Append("no header at all\r\n");
        head.Append("\r\n");
        return [.. Encoding.Latin1.GetBytes(head.ToString()), .. body];
    }

    private string Length(int bytes) => _random.Next(24) switch
    {
        0 => $"Content-Length: {bytes + _random.Next(1, 1_000)}\r\n",
        1 => $"Content-Length: {bytes / 2}\r\n",
        2 => "Content-Length: -1\r\n",
        3 => "Content-Length: 99999999999999999999\r\n",
        4 => "Transfer-Encoding: chunked\r\n",   // and the body is none
        5 => $"Content-Length: {bytes}\r\nContent-Length: {bytes + 1}\r\n",
        6 => "",
        _ => $"Content-Length: {bytes}\r\n",
    };

    private string Target(string pattern)
    {
        if (One(30))
            return Pick(["*", "//", "/%", "/v1/%2e%2e/%2e%2e/etc/hosts", "/v1/%c0%af", "/v1/\u00ff", "http://elsewhere/v1/search", $"/{new string('a', 9_000)}", "/v1//reservations", "/%00", ""]);
        var path = new StringBuilder();
        foreach (var part in pattern.Split('/', StringSplitOptions.RemoveEmptyEntries))
            path.Append('/').Append(!part.StartsWith('{') ? part : One(3) ? Uri.EscapeDataString(Odd()) : Fitting(part));
        for (var i = One(3) ? _random.Next(1, 6) : 0; i > 0; i--)
            path.Append(path.ToString().Contains('?', StringComparison.Ordinal) ? '&' : '?').Append(Pick(QueryNames)).Append('=').Append(One(2) ? Uri.EscapeDataString(Odd()) : Pick(["1", "2030-01-10", "2030-01-13", "price", "-1", "%zz"]));
        return path.ToString();
    }

    private string Fitting(string part) => part.Contains(":guid", StringComparison.Ordinal) ? $"{new Guid(_random.Next(9), 0, 0, new byte[8])}"
        : part.Contains(":int", StringComparison.Ordinal) ? $"{_random.Next(-2, 9)}"
        : part == "{code}" ? "STD" : property;

    /// <summary>A text that nobody would send in earnest, without line ends.</summary>
    private string Odd() => _random.Next(12) switch
    {
        0 => "",
        1 => "\u0001\u007f",
        2 => "'; --",
        3 => new string('9', _random.Next(1, 40)),
        4 => "-9223372036854775809",
        5 => "../../..",
        6 => "{{}}",
        7 => new string('\u00e9', _random.Next(1, 300)),
        8 => "0001-01-01",
        9 => "9999-12-31",
        10 => "\"*\"",
        _ => new string([.. Enumerable.Range(0, _random.Next(1, 30)).Select(_ => (char)_random.Next(33, 256))]),
    };

    private bool One(int of) => _random.Next(of) == 0;

    private T Pick<T>(IReadOnlyList<T> from) => from[_random.Next(from.Count)];
}
