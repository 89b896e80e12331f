using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using TravelHub.Client.Http;

namespace TravelHub.Client.Tests.Http;

/// <summary>
/// Answers like the gateway, out of memory: enough to see the client and the replay work over real sockets. Knows no hold, no
/// deadline and no payment.
/// </summary>
internal sealed class StandInGateway : IAsyncDisposable
{
    private readonly HttpListener _listener;
    private readonly Task _serving;
    private readonly Lock _gate = new();
    private readonly Dictionary<(string Property, string Type, DateOnly Night), int> _taken = [];
    private readonly Dictionary<string, (int Status, Guid Id)> _byKey = [];
    private readonly Dictionary<Guid, (string Status, StayDocument Stay, Money Total)> _reservations = [];

    public StandInGateway()
    {
        (_listener, Url) = Listen();
        _serving = Task.Run(Serve);
    }

    public Uri Url { get; }

    public ConcurrentDictionary<string, PropertyDocument> Properties { get; } = [];

    /// <summary>Every request that arrived, as "METHOD /path", in order.</summary>
    public ConcurrentQueue<string> Requests { get; } = [];

    /// <summary>The property that is refused, whatever is in it; null for none.</summary>
    public string? RefusedProperty { get; set; }

    /// <summary>Whether a booking is first answered as pending.</summary>
    public bool IsSlow { get; set; }

    /// <summary>Added to each total, to be caught.</summary>
    public long OverchargeMinor { get; set; }

    /// <summary>Each n-th request is carried out, and then the connection breaks; 0 is none.</summary>
    public int BreakEvery { get; set; }

    public IReadOnlyDictionary<Guid, (string Status, StayDocument Stay, Money Total)> Reservations => _reservations;

    public async ValueTask DisposeAsync()
    {
        _listener.Stop();
        await _serving;
        _listener.Close();
    }

    // A listener can't ask for any free port, and one that was free may be taken before it is used: then another is tried.
    private static (HttpListener Listener, Uri Url) Listen()
    {
        while (true)
        {
            int free;
            using (var port = new TcpListener(IPAddress.Loopback, 0))
            {
                port.Start();
                free = ((IPEndPoint)port.LocalEndpoint).Port;
            }

            var listener = new HttpListener();
            var url = new Uri($"http://127.0.0.1:{free}/");
            listener.Prefixes.Add(url.ToString());
            try
            {
                listener.Start();
                return (listener, url);
            }
            catch (HttpListenerException)
            {
                listener.Close();
            }
        }
    }

    private async Task Serve()
    {
        while (true)
        {
            HttpListenerContext context;
            try
            {
                context = await _listener.GetContextAsync();
            }
            catch (Exception e) when (e is HttpListenerException or InvalidOperationException)   // stopped, before it listened again or while it did
            {
                return;
            }

            _ = Task.Run(() => Answer(context));
        }
    }

    private void Answer(HttpListenerContext context)
    {
        var request = context.Request;
        var path = request.Url!.AbsolutePath;
        Requests.Enqueue($"{request.HttpMethod} {path}");
        using var reader = new StreamReader(request.InputStream, Encoding.UTF8);
        var body = reader.ReadToEnd();
        (int Status, object Body) answer;
        bool isBroken;
        lock (_gate)
        {
            answer = (request.HttpMethod, path.Split('/')) switch
            {
                ("PUT", [_, "v1", "properties", var id]) => Put(id, body),
                ("POST", [_, "v1", "reservations"]) => Book(request.Headers["Idempotency-Key"]!, body),
                ("POST", [_, "v1", "reservations", var id, "cancellation"]) => Cancel(Guid.Parse(id)),
                ("GET", [_, "v1", "reservations", var id]) => (200, Confirm(Guid.Parse(id))),
                _ => (404, new { code = "not-found" }),
            };
            isBroken = BreakEvery > 0 && Requests.Count % BreakEvery == 0;
        }

        if (isBroken)
        {
            // More is promised than comes: the answer breaks off in its body.
            context.Response.ContentLength64 = 1000;
            context.Response.OutputStream.WriteByte((byte)'{');
            context.Response.Abort();
            return;
        }

        context.Response.StatusCode = answer.Status;
        if (answer is { Status: 202, Body: Reservation pending })
            context.Response.Headers["Location"] = $"/v1/reservations/{pending.Id}";
        context.Response.Close(JsonSerializer.SerializeToUtf8Bytes(answer.Body, answer.Body.GetType(), TravelHubClient.Json), willBlock: true);
    }

    private (int Status, object Body) Put(string id, string body)
    {
        var property = JsonSerializer.Deserialize<PropertyDocument>(body, TravelHubClient.Json)!;
        if (property.Name == "refused" || id == RefusedProperty)
            return (422, new { title = "Not a property", code = "invalid", detail = "its name is refused" });
        Properties[id] = property;
        return (200, property);
    }

    private (int Status, object Body) Book(string key, string body)
    {
        if (JsonSerializer.Deserialize<BookingRequest>(body, TravelHubClient.Json)!.Stays[0].PropertyId == RefusedProperty)
            return (422, new { title = "Not a property", status = 422, code = "invalid", detail = "it is refused" });
        if (!_byKey.TryGetValue(key, out var known))
        {
            var stay = JsonSerializer.Deserialize<BookingRequest>(body, TravelHubClient.Json)!.Stays[0];
            known = (Status(stay), Guid.NewGuid());
            _byKey[key] = known;
            if (known.Status != 409)
            {
                foreach (var night in Nights(stay))
                    _taken[night] = _taken.GetValueOrDefault(night) + 1;
                var rate = Properties[stay.PropertyId].RatePlans!.Single(plan => plan.Code == stay.RatePlan).NightlyMinor;
                var total = new Money((rate * Nights(stay).Count()) + OverchargeMinor, "EUR");
                _reservations[known.Id] = (IsSlow ? ReservationStatus.Pending : ReservationStatus.Confirmed, stay, total);
            }
        }

        return known.Status == 409
            ? (409, new { title = "Sold out", status = 409, code = "sold-out", detail = "no rooms" })
            : (known.Status, View(known.Id));
    }

    private int Status(StayDocument stay)
    {
        var rooms = Properties[stay.PropertyId].RoomTypes.Single(type => type.Code == stay.RoomType).Rooms;
        return Nights(stay).Any(night => _taken.GetValueOrDefault(night) >= rooms) ? 409 : IsSlow ? 202 : 201;
    }

    private (int Status, object Body) Cancel(Guid id)
    {
        var (status, stay, total) = _reservations[id];
        if (status != ReservationStatus.Cancelled)
        {
            foreach (var night in Nights(stay))
                _taken[night]--;
            _reservations[id] = (ReservationStatus.Cancelled, stay, total);
        }

        return (200, View(id));
    }

    private Reservation Confirm(Guid id)
    {
        if (_reservations[id] is { Status: ReservationStatus.Pending } pending)
            _reservations[id] = (ReservationStatus.Confirmed, pending.Stay, pending.Total);
        return View(id);
    }

    private Reservation View(Guid id) => new(id, _reservations[id].Status, 3, _reservations[id].Total);

    private static IEnumerable<(string Property, string Type, DateOnly Night)> Nights(StayDocument stay)
    {
        for (var night = stay.CheckIn; night < stay.CheckOut; night = night.AddDays(1))
            yield return (stay.PropertyId, stay.RoomType, night);
    }
}
