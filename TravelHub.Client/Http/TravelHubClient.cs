using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace TravelHub.Client.Http;

/// <summary>Speaks to the gateway with one key. Every call may be repeated, and is, until it is answered or patience is over.</summary>
internal sealed class TravelHubClient : IDisposable
{
    public static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        RespectRequiredConstructorParameters = true,
        RespectNullableAnnotations = true,
    };

    private readonly HttpClient _http;
    private readonly ClientOptions _options;
    private readonly TimeProvider _time;
    private readonly Backoff _backoff;
    private readonly PatientSender _sender;

    public TravelHubClient(Uri url, string key, ClientOptions options, TimeProvider time, Random random)
        : this(NewHandler(url, options), url, key, options, time, random)
    {
    }

    /// <param name="handler">Carries the requests; disposed of with the client.</param>
    public TravelHubClient(HttpMessageHandler handler, Uri url, string key, ClientOptions options, TimeProvider time, Random random)
    {
        _http = new HttpClient(handler) { BaseAddress = url, Timeout = Timeout.InfiniteTimeSpan };
        _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", key);
        _options = options;
        _time = time;
        _backoff = new Backoff(random);
        _sender = new PatientSender(_http, options, time, _backoff);
    }

    /// <summary>Creates or replaces a property.</summary>
    /// <exception cref="TravelHubException">It was refused, or the gateway could not be reached.</exception>
    public async Task PutProperty(string id, PropertyDocument property, CancellationToken cancellationToken)
    {
        var answer = await Send(HttpMethod.Put, $"/v1/properties/{Uri.EscapeDataString(id)}", property, null, cancellationToken);
        EnsureSuccess(answer);
    }

    /// <summary>One page of what is free.</summary>
    /// <inheritdoc cref="PutProperty" path="/exception"/>
    public async Task<SearchPage> Search(SearchRequest search, CancellationToken cancellationToken)
    {
        var query = $"/v1/search?destination={Uri.EscapeDataString(search.Destination)}&checkIn={search.CheckIn:O}&checkOut={search.CheckOut:O}"
            + $"&guests={search.Guests}&rooms={search.Rooms}"
            + (search.After is null ? "" : $"&after={Uri.EscapeDataString(search.After)}");
        return Read<SearchPage>(await Send(HttpMethod.Get, query, null, null, cancellationToken));
    }

    /// <summary>Books, and waits for the outcome when it is pending.</summary>
    /// <param name="idempotencyKey">The same key never books twice; null makes a new one for this call and its repetitions.</param>
    /// <inheritdoc cref="PutProperty" path="/exception"/>
    public async Task<BookingAnswer> Book(BookingRequest request, string? idempotencyKey, CancellationToken cancellationToken)
    {
        var key = idempotencyKey ?? _backoff.NewKey().ToString();
        var answer = await Send(HttpMethod.Post, "/v1/reservations", request, key, cancellationToken);
        if (answer.Status == HttpStatusCode.Conflict && Problem.Of(answer.Status, answer.Body) is { Code: ReservationStatus.SoldOut } problem)
            return new BookingAnswer.SoldOut(problem.Detail);

        var reservation = await Settled(answer, cancellationToken);
        return reservation.Status == ReservationStatus.SoldOut
            ? new BookingAnswer.SoldOut(reservation.Reason)
            : new BookingAnswer.Taken(reservation);
    }

    /// <summary>Cancels, and waits until it is done.</summary>
    /// <inheritdoc cref="PutProperty" path="/exception"/>
    public async Task<Reservation> Cancel(Guid reservation, CancellationToken cancellationToken)
    {
        var answer = await Send(HttpMethod.Post, $"/v1/reservations/{reservation:D}/cancellation", null, null, cancellationToken);
        return await Settled(answer, cancellationToken);
    }

    /// <inheritdoc cref="PutProperty" path="/exception"/>
    public async Task<Reservation> GetReservation(Guid reservation, CancellationToken cancellationToken) =>
        Read<Reservation>(await Send(HttpMethod.Get, $"/v1/reservations/{reservation:D}", null, null, cancellationToken));

    /// <summary>Issues an API key. Repeated after a lost answer, it would issue another.</summary>
    /// <inheritdoc cref="PutProperty" path="/exception"/>
    public async Task<IssuedKey> IssueKey(string owner, string role, DateTimeOffset? expiresAt, CancellationToken cancellationToken) =>
        Read<IssuedKey>(await Send(HttpMethod.Post, "/v1/keys", new { owner, role, expiresAt }, null, cancellationToken));

    /// <summary>All API keys, newest first.</summary>
    /// <inheritdoc cref="PutProperty" path="/exception"/>
    public async Task<IReadOnlyList<KnownKey>> ListKeys(CancellationToken cancellationToken)
    {
        var keys = new List<KnownKey>();
        var path = "/v1/keys?limit=200";
        while (true)
        {
            var page = Read<KeyPage>(await Send(HttpMethod.Get, path, null, null, cancellationToken));
            keys.AddRange(page.Data);
            if (page.Meta.After is not { } after)
                return keys;
            path = $"/v1/keys?limit=200&after={Uri.EscapeDataString(after)}";
        }
    }

    /// <summary>Puts a new key in the place of one.</summary>
    /// <inheritdoc cref="PutProperty" path="/exception"/>
    public async Task<IssuedKey> RotateKey(string id, TimeSpan? grace, CancellationToken cancellationToken) => Read<IssuedKey>(await Send(
        HttpMethod.Post, $"/v1/keys/{Uri.EscapeDataString(id)}/rotation", new { graceSeconds = (long?)grace?.TotalSeconds }, null, cancellationToken));

    /// <summary>Revokes a key for good.</summary>
    /// <inheritdoc cref="PutProperty" path="/exception"/>
    public async Task RevokeKey(string id, CancellationToken cancellationToken) =>
        EnsureSuccess(await Send(HttpMethod.Delete, $"/v1/keys/{Uri.EscapeDataString(id)}", null, null, cancellationToken));

    public void Dispose() => _http.Dispose();

    private async Task<Reservation> Settled(Answer answer, CancellationToken cancellationToken)
    {
        var reservation = Read<Reservation>(answer);
        var location = answer.Location;
        var began = _time.GetTimestamp();
        for (var poll = 1; ReservationStatus.IsUnderway(reservation.Status); poll++)
        {
            var wait = answer.RetryAfter ?? _backoff.After(poll);
            if (_time.GetElapsedTime(began) + wait > _options.PendingPatience)
                throw new TravelHubException($"reservation {reservation.Id} is still {reservation.Status} after {_options.PendingPatience}");
            await Task.Delay(wait, _time, cancellationToken);
            answer = await Send(HttpMethod.Get, PollPath(location, reservation.Id), null, null, cancellationToken);
            reservation = Read<Reservation>(answer);
        }

        return reservation;
    }

    // Only the path is followed: the key is for this gateway, whatever host an answer names.
    private string PollPath(Uri? location, Guid reservation) =>
        location is null ? $"/v1/reservations/{reservation:D}" : new Uri(_http.BaseAddress!, location).PathAndQuery;

    private Task<Answer> Send(HttpMethod method, string path, object? body, string? idempotencyKey, CancellationToken cancellationToken)
    {
        var json = body is null ? null : JsonSerializer.Serialize(body, Json);
        return _sender.Send(
            () =>
            {
                var request = new HttpRequestMessage(method, path);
                if (json is not null)
                    request.Content = new StringContent(json, Encoding.UTF8, "application/json");
                if (idempotencyKey is not null)
                    request.Headers.Add("Idempotency-Key", idempotencyKey);
                return request;
            },
            cancellationToken);
    }

    private static T Read<T>(Answer answer)
    {
        EnsureSuccess(answer);
        try
        {
            return JsonSerializer.Deserialize<T>(answer.Body, Json) ?? throw new JsonException("The body is null.");
        }
        catch (JsonException e)
        {
            throw new TravelHubException($"The answer {(int)answer.Status} is not a {typeof(T).Name}: {e.Message}", e);
        }
    }

    private static void EnsureSuccess(Answer answer)
    {
        if (!answer.IsSuccess)
            throw new TravelHubException(Problem.Of(answer.Status, answer.Body));
    }

    private static SocketsHttpHandler NewHandler(Uri url, ClientOptions options) => new()
    {
        // A proxy of the environment cannot reach this machine's own addresses, and would be shown the key.
        UseProxy = !url.IsLoopback,
        MaxConnectionsPerServer = options.MaxConnections,
        ConnectTimeout = TimeSpan.FromSeconds(5),
        AllowAutoRedirect = false,
        // Addresses may change, and a gateway that was restarted deserves new connections.
        PooledConnectionLifetime = TimeSpan.FromMinutes(2),
    };
}
