using System.Collections.Concurrent;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using TravelHub.Api.Tests.Access;

namespace TravelHub.Api.Tests.Malformed;

/// <summary>
/// Whatever is sent, no answer is a 5xx, and none tells what the house looks like inside. <c>TRAVELHUB_RANDOM_REQUESTS=100000</c> sends as many;
/// <c>TRAVELHUB_SEED</c> repeats a run.
/// </summary>
[Collection(AccessCollection.Name)]
public sealed class MalformedRequestsTests(AccessFixture access)
{
    private const int UsualRequests = 1_200;
    private const int AtOnce = 16;

    // Stacks, SQL, types, paths of this machine.
    private static readonly string[] Leaks =
    [
        "   at ", "Exception", ".cs:line", "SELECT ", "INSERT ", "UPDATE ", "Npgsql", "PostgreSQL", "System.", "Microsoft.", "Orleans", "TravelHub.", "/usr/",
        "/home/", "/tmp/", "/root/", "/var/", AppContext.BaseDirectory, "Host=127",
    ];

    [Fact]
    public async Task Request_OfAnyKind_IsAnsweredWithoutA5xxAndWithoutALeak()
    {
        var seed = Setting("TRAVELHUB_SEED") ?? RandomNumberGenerator.GetInt32(int.MaxValue);
        var requests = Setting("TRAVELHUB_RANDOM_REQUESTS") ?? UsualRequests;
        TestContext.Current.SendDiagnosticMessage($"seed {seed}, {requests} requests");
        var property = await access.Service.NewProperty(rooms: 1_000, TestContext.Current.CancellationToken);
        var harmless = ApiRoutes.OfTheApi(access.Service.Gateway).Where(IsHarmless).Select(route => (route.Method, route.Pattern)).ToArray();
        var server = access.Service.Anyone.BaseAddress!;
        var wrong = new ConcurrentQueue<string>();
        var statuses = new ConcurrentDictionary<int, int>();
        string[] keys = ["client-key", "client-key", "operator-key", "researcher-key", "thk_x"];

        await Parallel.ForEachAsync(
            Enumerable.Range(0, requests), new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = TestContext.Current.CancellationToken },
            async (number, cancellationToken) =>
            {
                var request = new RandomRequest(seed, number, harmless, keys, property).Make();
                var answer = await RawHttp.Send(server, request, cancellationToken);
                var status = RawHttp.Status(answer) ?? 0;
                statuses.AddOrUpdate(status, 1, (_, n) => n + 1);
                if ((status >= 500 && !IsTruth(answer)) || (status >= 400 && Leaks.Any(leak => answer.Contains(leak, StringComparison.Ordinal))))
                    wrong.Enqueue($"number {number}: {OneLine(answer)} <= {OneLine(Encoding.Latin1.GetString(request))}");   // the answer first: a report may be cut
            });

        var tally = string.Join(", ", statuses.OrderBy(s => s.Key).Select(s => $"{(s.Key == 0 ? "none" : s.Key)}: {s.Value}"));
        TestContext.Current.TestOutputHelper?.WriteLine($"seed {seed}, {requests} requests; answers: {tally}");
        Assert.True(wrong.IsEmpty, $"{wrong.Count} of {requests} with seed {seed}; the first ones:\n{string.Join('\n', wrong.Take(3))}");
        Assert.True(statuses.Keys.Count(s => s is >= 400 and < 500) >= 6, $"too few kinds of answers to be a trial of anything: {tally}");
        Assert.True(statuses.Keys.Any(s => s is >= 200 and < 300), tally);
    }

    // No silo here has the role.
    private static bool IsTruth(string answer) => RawHttp.Status(answer) == 503 && answer.Contains("\"code\":\"analytics-away\"", StringComparison.Ordinal);

    // Routes that stop silos or take votes away do as they are told, and the tests after this one need both.
    private static bool IsHarmless(ApiRoute route) => route.Method == "GET" || !(
        route.Pattern.StartsWith("/v1/cluster", StringComparison.Ordinal) || route.Pattern.StartsWith("/v1/faults", StringComparison.Ordinal)
        || route.Pattern.StartsWith("/v1/payments/replicas", StringComparison.Ordinal) || route.Pattern.StartsWith("/v1/monitoring", StringComparison.Ordinal));

    private static string OneLine(string text) =>
        new([.. text.Take(1_500).Select(c => char.IsControl(c) ? ' ' : c)]);

    private static int? Setting(string name) =>
        int.TryParse(Environment.GetEnvironmentVariable(name), NumberStyles.None, CultureInfo.InvariantCulture, out var value) ? value : null;
}
