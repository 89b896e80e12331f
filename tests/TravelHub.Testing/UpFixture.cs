using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using TravelHub.Client.Instances;
using TravelHub.Client.Processes;
using TravelHub.Client.Up;

namespace TravelHub.Testing;

/// <summary>
/// A TravelHub as <c>up --faults</c> runs it: three silos, gateway, provider and database, each a process of its own that is started again when it dies. It
/// has no key but its own, and its folder is gone afterwards.
/// </summary>
public sealed class UpFixture : IAsyncDisposable
{
    private const int Silos = 3;
    private const long NightlyMinor = 12_000;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan PollPeriod = TimeSpan.FromMilliseconds(100);

    private readonly TemporaryFolder _temporary = new();
    private readonly ConcurrentQueue<string> _said = new();
    private InstanceLock? _lock;
    private InstanceStore? _store;
    private LocalCluster? _cluster;
    private Task? _started;

    public Uri Url => _store!.Current.Url;

    public string OperatorKey => _store!.Current.Keys.Operator;

    /// <summary>Starts it with the first test that is run: a fixture is made even when none is. One after the other.</summary>
    public Task Start() => _started ??= StartOnce();

    /// <summary>A property in a destination of its own, with five rooms STD at 120.00 a night, that the search finds.</summary>
    public async Task<string> NewProperty(CancellationToken cancellationToken)
    {
        var id = $"casa-{Guid.NewGuid():N}";
        await Until(async () =>
        {
            using var answer = await Send(HttpMethod.Put, $"/v1/properties/{id}", OperatorKey, new
            {
                name = "Casa", destination = id, timeZone = "Europe/Lisbon", currency = "EUR", bookableDaysAhead = 3_650,
                roomTypes = new[] { new { code = "STD", sleeps = 2, rooms = 5, nightlyMinor = NightlyMinor } },
            }, cancellationToken);
            return answer.IsSuccessStatusCode;
        }, cancellationToken);
        await Until(async () =>
        {
            using var answer = await Send(
                HttpMethod.Get, $"/v1/search?destination={id}&checkIn=2030-01-10&checkOut=2030-01-13&guests=2", OperatorKey, body: null, cancellationToken);
            return answer.StatusCode == HttpStatusCode.OK
                && (await answer.Content.ReadFromJsonAsync<JsonNode>(cancellationToken))!["data"]!.AsArray().Count > 0;
        }, cancellationToken);
        return id;
    }

    /// <summary>Has a payment replica count wrong from now on.</summary>
    /// <param name="replica"><c>group/number</c>.</param>
    public Task MakeLie(string replica, CancellationToken cancellationToken) =>
        Until(() => TrySetFault(HttpMethod.Put, replica, new { kind = "off-by-one" }, cancellationToken), cancellationToken);

    /// <summary>Has it count right again.</summary>
    public Task MakeHonest(string replica, CancellationToken cancellationToken) =>
        Until(() => TrySetFault(HttpMethod.Delete, replica, body: null, cancellationToken), cancellationToken);

    /// <summary>Has all silos stand still, as in a machine that sleeps, until the result is disposed of.</summary>
    public IDisposable PauseSilos() => new Pause(
        [.. Enumerable.Range(1, Silos).Select(number => _store!.Current.Processes[string.Create(CultureInfo.InvariantCulture, $"silo-{number}")].Identity)]);

    public async ValueTask DisposeAsync()
    {
        if (_cluster is not null)
            await _cluster.Stop();
        _cluster?.Dispose();
        _lock?.Dispose();
        _temporary.Dispose();
    }

    private async Task StartOnce()
    {
        var folder = new DataFolder(_temporary.In("data"));
        folder.Create();
        _lock = InstanceLock.TryTake(folder);
        _store = new InstanceStore(folder);
        _cluster = new LocalCluster(folder, _store, _said.Enqueue, TimeProvider.System);
        var port = LoopbackPorts.Choose($"{folder.Path}/gateway", ImmutableHashSet<int>.Empty);
        try
        {
            await _cluster.Start(new UpOptions(Silos, port, Postgres: null) { Settings = UpOptions.WithFaults }, CancellationToken.None);
        }
        catch (Exception e)
        {
            throw new InvalidOperationException($"up did not start: {string.Join(Environment.NewLine, _said)}", e);
        }
    }

    private async Task<bool> TrySetFault(HttpMethod method, string replica, object? body, CancellationToken cancellationToken)
    {
        using var answer = await Send(method, $"/v1/faults/replicas/{replica}", _store!.Current.Keys.Researcher, body, cancellationToken);
        return answer.IsSuccessStatusCode;
    }

    private async Task<HttpResponseMessage> Send(HttpMethod method, string path, string key, object? body, CancellationToken cancellationToken)
    {
        using var http = new HttpClient { BaseAddress = Url };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", key);
        using var request = new HttpRequestMessage(method, path) { Content = body is null ? null : JsonContent.Create(body) };
        return await http.SendAsync(request, cancellationToken);
    }

    private static async Task Until(Func<Task<bool>> isSo, CancellationToken cancellationToken)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(Patience);
        while (!await isSo())
            await Task.Delay(PollPeriod, TimeProvider.System, patience.Token);
    }

    private sealed class Pause : IDisposable
    {
        private readonly IReadOnlyList<ProcessIdentity> _silos;

        public Pause(IReadOnlyList<ProcessIdentity> silos)
        {
            _silos = silos;
            foreach (var silo in silos)
                Signals.Pause(silo);
        }

        public void Dispose()
        {
            foreach (var silo in _silos)
                Signals.Continue(silo);
        }
    }
}
