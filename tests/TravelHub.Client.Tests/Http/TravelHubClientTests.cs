using System.Net;
using System.Net.Http.Headers;
using Microsoft.Extensions.Time.Testing;
using TravelHub.Client.Http;

namespace TravelHub.Client.Tests.Http;

public sealed class TravelHubClientTests
{
    private const string Id = "6f9619ff-8b86-4d01-b42d-00cf4fc964ff";
    private const string Confirmed = $$"""{"id":"{{Id}}","status":"confirmed","version":4,"total":{"amountMinor":100,"currency":"EUR"},"stays":[]}""";
    private const string Pending = $$"""{"id":"{{Id}}","status":"pending","version":1,"total":null}""";

    private static readonly BookingRequest Request = new(
        [new StayDocument("p", "STD", new DateOnly(2030, 1, 1), new DateOnly(2030, 1, 2), 1, 2)], new GuestDocument("Ada", "ada@example.com"), "tok_ok");

    private readonly FakeTimeProvider _time = new();

    [Fact]
    public async Task Book_TransientFailures_RepeatsByTheSameKeyUntilAnswered()
    {
        var handler = new ScriptedHandler(
            () => throw new HttpRequestException("connection refused"),
            () => ScriptedHandler.Json(HttpStatusCode.InternalServerError, ""),
            () => ScriptedHandler.Json(HttpStatusCode.BadGateway, ""),
            () => ScriptedHandler.Json(HttpStatusCode.ServiceUnavailable, ""),
            () => ScriptedHandler.Json(HttpStatusCode.GatewayTimeout, ""),
            () => throw new IOException("reset"),
            () => ScriptedHandler.Json(HttpStatusCode.Created, Confirmed));

        var answer = await Within(client => client.Book(Request, null, default), handler);

        Assert.Equal(new Money(100, "EUR"), Assert.IsType<BookingAnswer.Taken>(answer).Reservation.Total);
        Assert.Equal(7, handler.Sent.Count);
        Assert.NotNull(Assert.Single(handler.Sent.Select(sent => sent.Key).Distinct()));
    }

    [Fact]
    public async Task Book_MostAttemptsAreMade_GivesUp()
    {
        var handler = new ScriptedHandler(
            () => throw new HttpRequestException("connection refused"),
            () => throw new HttpRequestException("connection refused"),
            () => ScriptedHandler.Json(HttpStatusCode.Created, Confirmed));

        await Assert.ThrowsAsync<TravelHubException>(() => Within(client => client.Book(Request, null, default), handler, new ClientOptions { MostAttempts = 2 }));

        Assert.Equal(2, handler.Sent.Count);
    }

    [Fact]
    public async Task Search_NoAnswerYet_IsRepeated()
    {
        var handler = new ScriptedHandler(
            () => ScriptedHandler.Json(HttpStatusCode.Accepted, """{"code":"no-answer-yet","detail":"Repeat it.","source":"none","degraded":true}"""),
            () => ScriptedHandler.Json(HttpStatusCode.OK, """{"data":[],"meta":{},"source":"live"}"""));

        var page = await Within(client => client.Search(new SearchRequest("lisbon", new DateOnly(2030, 1, 1), new DateOnly(2030, 1, 2), 2), default), handler);

        Assert.Empty(page.Data);
        Assert.Equal(2, handler.Sent.Count);
    }

    [Fact]
    public async Task Book_TooManyRequests_WaitsAsLongAsAsked()
    {
        var began = _time.GetUtcNow();
        var handler = new ScriptedHandler(
            () =>
            {
                var answer = ScriptedHandler.Json(HttpStatusCode.TooManyRequests, "");
                answer.Headers.RetryAfter = new RetryConditionHeaderValue(TimeSpan.FromSeconds(7));
                return answer;
            },
            () => ScriptedHandler.Json(HttpStatusCode.Created, Confirmed));

        await Within(client => client.Book(Request, "k", default), handler);

        Assert.InRange(_time.GetUtcNow() - began, TimeSpan.FromSeconds(7), TimeSpan.FromSeconds(8));
        Assert.All(handler.Sent, sent => Assert.Equal("k", sent.Key));
    }

    [Fact]
    public async Task Book_NeverAnswered_GivesUpWhenPatienceIsOver()
    {
        var began = _time.GetUtcNow();
        var handler = new ScriptedHandler(() => ScriptedHandler.Json(HttpStatusCode.ServiceUnavailable, """{"code":"log-unavailable","traceId":"t1"}"""));

        var error = await Assert.ThrowsAsync<TravelHubException>(() => Within(client => client.Book(Request, null, default), handler));

        Assert.Equal("log-unavailable", error.Problem?.Code);
        Assert.InRange(_time.GetUtcNow() - began, TimeSpan.FromSeconds(55), TimeSpan.FromSeconds(62));
    }

    [Fact]
    public async Task Book_Refused_CarriesTheWholeProblem()
    {
        var handler = new ScriptedHandler(() => ScriptedHandler.Json(
            HttpStatusCode.UnprocessableEntity,
            """{"type":"urn:x","title":"No","status":422,"detail":"guests","code":"invalid","traceId":"t","errors":{"guests":["too many"]}}"""));

        var error = await Assert.ThrowsAsync<TravelHubException>(() => Within(client => client.Book(Request, null, default), handler));

        Assert.Single(handler.Sent);
        Assert.Equal(("urn:x", "No", 422, "guests", "invalid", "t"), (error.Problem!.Type, error.Problem.Title, error.Problem.Status,
            error.Problem.Detail, error.Problem.Code, error.Problem.TraceId));
        Assert.True(error.Problem.Others!.ContainsKey("errors"));
        Assert.Contains("too many", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Book_SoldOut_IsAnAnswer()
    {
        var handler = new ScriptedHandler(() => ScriptedHandler.Json(HttpStatusCode.Conflict, """{"code":"sold-out","detail":"2030-01-01"}"""));

        Assert.Equal(new BookingAnswer.SoldOut("2030-01-01"), await Within(client => client.Book(Request, null, default), handler));
    }

    [Fact]
    public async Task Book_Pending_PollsItsLocationAtThisGatewayOnly()
    {
        var handler = new ScriptedHandler(
            () =>
            {
                var answer = ScriptedHandler.Json(HttpStatusCode.Accepted, Pending);
                answer.Headers.Location = new Uri("http://elsewhere.example/v1/reservations/there");
                return answer;
            },
            () => ScriptedHandler.Json(HttpStatusCode.OK, Pending),
            () => ScriptedHandler.Json(HttpStatusCode.OK, Confirmed));

        var answer = await Within(client => client.Book(Request, null, default), handler);

        Assert.Equal(ReservationStatus.Confirmed, Assert.IsType<BookingAnswer.Taken>(answer).Reservation.Status);
        Assert.Equal(["http://gateway.example/v1/reservations/there"], handler.Sent.Skip(1).Select(sent => sent.Address).Distinct());
    }

    [Fact]
    public async Task Book_PendingForGood_GivesUp()
    {
        var handler = new ScriptedHandler(() => ScriptedHandler.Json(HttpStatusCode.Accepted, Pending));

        var error = await Assert.ThrowsAsync<TravelHubException>(() => Within(client => client.Book(Request, null, default), handler));

        Assert.Contains("still pending", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Book_PendingThatEndsSoldOut_IsSoldOut()
    {
        var handler = new ScriptedHandler(
            () => ScriptedHandler.Json(HttpStatusCode.Accepted, Pending),
            () => ScriptedHandler.Json(HttpStatusCode.OK, Pending.Replace("pending", "sold-out", StringComparison.Ordinal)));

        Assert.IsType<BookingAnswer.SoldOut>(await Within(client => client.Book(Request, null, default), handler));
    }

    [Fact]
    public async Task Search_Criteria_AreInTheAddress()
    {
        var handler = new ScriptedHandler(() => ScriptedHandler.Json(HttpStatusCode.OK,
            """{"data":[{"propertyId":"p","propertyName":"P","roomType":"STD","total":{"amountMinor":1,"currency":"EUR"},"roomsLeft":2,"quote":null}],"meta":{"after":null}}"""));

        var page = await Within(client => client.Search(new SearchRequest("a b", new DateOnly(2030, 1, 1), new DateOnly(2030, 1, 3), 2), default), handler);

        Assert.Equal(2, Assert.Single(page.Data).RoomsLeft);
        Assert.EndsWith("/v1/search?destination=a%20b&checkIn=2030-01-01&checkOut=2030-01-03&guests=2&rooms=1",
            new Uri(handler.Sent[0].Address).AbsoluteUri, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Book_ConnectionThatBreaksAfterTheWork_BooksOnce()
    {
        await using var gateway = new StandInGateway();
        using var client = new TravelHubClient(gateway.Url, "key", new ClientOptions(), TimeProvider.System, new Random(1));
        await client.PutProperty("p", Property(), TestContext.Current.CancellationToken);
        gateway.BreakEvery = 2;

        var answer = await client.Book(Request with { Stays = [Request.Stays[0] with { RatePlan = "5000" }] }, null, TestContext.Current.CancellationToken);

        var reservation = Assert.IsType<BookingAnswer.Taken>(answer).Reservation;
        Assert.Equal([reservation.Id], gateway.Reservations.Keys);
        Assert.Equal(ReservationStatus.Cancelled, (await client.Cancel(reservation.Id, TestContext.Current.CancellationToken)).Status);
    }

    private static PropertyDocument Property() => new(
        "P", "d", "Europe/Lisbon", "EUR", 3650, 0, new PolicyDocument(0, 100), [new RoomTypeDocument("STD", "Standard", 2, 1, 5000)],
        [new RatePlanDocument("5000", 5000)]);

    /// <summary>Makes a call while time runs as fast as it is needed.</summary>
    private async Task<T> Within<T>(Func<TravelHubClient, Task<T>> call, ScriptedHandler handler, ClientOptions? options = null)
    {
        using var client = new TravelHubClient(handler, new Uri("http://gateway.example"), "key", options ?? new ClientOptions(), _time, new Random(1));
        var answer = call(client);
        while (!answer.IsCompleted)
        {
            _time.Advance(TimeSpan.FromMilliseconds(20));
            await Task.Yield();
        }

        return await answer;
    }
}
