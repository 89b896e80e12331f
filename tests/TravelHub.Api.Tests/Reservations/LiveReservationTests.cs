using System.Net;
using System.Net.Http.Headers;
using System.Net.ServerSentEvents;
using System.Text;
using System.Text.Json.Nodes;
using TravelHub.Api.Reservations;
using TravelHub.Api.Tests.Access;

namespace TravelHub.Api.Tests.Reservations;

/// <summary>A reservation watched while it changes.</summary>
[Collection(AccessCollection.Name)]
public sealed class LiveReservationTests(AccessFixture access)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task Live_HeldThenPaidThenCancelled_TellsEachAndEnds()
    {
        var path = await Hold(access.Service.Client);
        using var answer = await Open(access.Service.Client, path);
        Assert.Equal("text/event-stream", answer.Content.Headers.ContentType?.MediaType);
        var stream = await Events(answer);
        var states = new List<(string Status, string? Id)>();

        await foreach (var change in stream)
        {
            states.Add((change.Data["status"]!.GetValue<string>(), change.EventId));
            var next = states[^1].Status switch { "held" => "payment", "confirmed" => "cancellation", _ => null };
            if (next is not null && states.Count(s => s.Status == states[^1].Status) == 1)
                (await access.Service.Client.Post($"{path}/{next}", """{"paymentToken": "tok_ok"}""")).EnsureSuccessStatusCode();
        }

        Assert.Equal(["held", "confirmed", "cancelled"], states.Select(s => s.Status).Where(s => s is not ("pending" or "cancelling")).Distinct());
        Assert.Equal((await (await access.Service.Client.Read(path)).Json())["version"]!.ToString(), states[^1].Id);
        using var again = await Open(access.Service.Client, path, lastEventId: states[^1].Id);
        Assert.Equal(HttpStatusCode.NoContent, again.StatusCode);
    }

    [Fact]
    public async Task Live_ClusterAway_TellsWhatWasKnownAndThatItIsDegraded()
    {
        var path = await Hold(access.Service.Client);
        using var answer = await Open(access.Service.Client, path);
        await using var stream = (await Events(answer)).GetAsyncEnumerator(TestContext.Current.CancellationToken);
        await Next(isDegraded: false);

        await access.WhileTheClusterIsAway(() => Next(isDegraded: true));

        await Next(isDegraded: false);

        // A machine that is busy may be late with an answer, and then that is told too.
        async Task Next(bool isDegraded)
        {
            do
                Assert.True(await stream.MoveNextAsync());
            while (stream.Current.Data["degraded"] is not null != isDegraded);
            Assert.Equal("held", stream.Current.Data["status"]!.GetValue<string>());
        }
    }

    [Fact]
    public async Task Live_KeyRevoked_Ends()
    {
        var key = await access.Issue($"watcher-{Guid.NewGuid():N}", "client");
        using var watcher = access.Service.WithKey(key["key"]!.GetValue<string>());
        using var answer = await Open(watcher, await Hold(watcher));
        var told = new List<string?>();

        await foreach (var change in await Events(answer))
        {
            told.Add(change.Data["status"]!.GetValue<string>());
            (await access.Service.Operator.DeleteAsync(new Uri($"/v1/keys/{key["id"]}", UriKind.Relative), TestContext.Current.CancellationToken)).EnsureSuccessStatusCode();
        }

        Assert.Equal(["held"], told);
    }

    [Fact]
    public async Task Live_MoreThanACallerMayHold_Is429UntilOneIsClosed()
    {
        using var watcher = access.Service.WithKey((await access.Issue($"watcher-{Guid.NewGuid():N}", "client"))["key"]!.GetValue<string>());
        var path = await Hold(watcher);
        var open = await Task.WhenAll(Enumerable.Range(0, AccessFixture.StreamsPerCaller).Select(_ => Open(watcher, path)));
        Assert.All(open, stream => Assert.Equal(HttpStatusCode.OK, stream.StatusCode));

        using var turnedAway = await Open(watcher, path);
        await turnedAway.IsProblem(429, "too-many-streams");
        Assert.True(turnedAway.Headers.Contains("RateLimit"));
        Assert.Equal(HttpStatusCode.OK, (await watcher.Read(path)).StatusCode);   // streams take no place of other requests
        open[0].Dispose();

        // The server learns of it when it next writes or reads: at once, but not before this asks.
        using var patience = new CancellationTokenSource(Patience);
        for (var isLetIn = false; !isLetIn;)
        {
            using var another = await Open(watcher, path);
            isLetIn = another.StatusCode == HttpStatusCode.OK;
            Assert.False(patience.IsCancellationRequested, "No place was given back.");
        }

        foreach (var stream in open)
            stream.Dispose();
    }

    [Fact]
    public async Task Live_AskedByHead_OpensNoStream()
    {
        var path = await Hold(access.Service.Client);

        using var head = await access.Service.Client.SendAsync(new HttpRequestMessage(HttpMethod.Head, $"{path}/live"), TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.OK, head.StatusCode);
        Assert.Equal("application/json", head.Content.Headers.ContentType?.MediaType);   // of a stream it would be another, and it would stay open
    }

    private async Task<string> Hold(HttpClient sender)
    {
        var hold = Requests.Booking(await access.Service.NewProperty(rooms: 5, TestContext.Current.CancellationToken));
        hold["mode"] = "hold";
        hold.Remove("paymentToken");
        var held = await sender.Booked(hold);
        Assert.Equal("held", held["status"]!.GetValue<string>());
        return $"{Requests.Bookings}/{held["id"]!.GetValue<Guid>()}";
    }

    private static Task<HttpResponseMessage> Open(HttpClient sender, string path, string? lastEventId = null)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, $"{path}/live");
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("text/event-stream"));
        if (lastEventId is not null)
            request.Headers.Add("Last-Event-ID", lastEventId);
        return sender.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, TestContext.Current.CancellationToken);
    }

    private static async Task<IAsyncEnumerable<SseItem<JsonObject>>> Events(HttpResponseMessage answer)
    {
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        var stream = await answer.Content.ReadAsStreamAsync(TestContext.Current.CancellationToken);
        return SseParser.Create(stream, (_, data) => JsonNode.Parse(Encoding.UTF8.GetString(data))!.AsObject()).EnumerateAsync(TestContext.Current.CancellationToken)
            .Where(change => change.EventType == LiveReservation.ChangeEvent);
    }
}
