using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;

namespace TravelHub.Api.Tests.Telemetry;

public sealed class TraceTests(TracedGateway service)
{
    private static readonly string[] Sources = ["TravelHub", "Microsoft.AspNetCore", "Microsoft.Orleans.Application", "Npgsql", "System.Net.Http"];

    [Fact]
    public async Task Book_WithATrace_GatewayGrainsVotesChargeAndSqlAreOneTree()
    {
        var property = await service.Gateway.NewProperty(rooms: 3, TestContext.Current.CancellationToken);
        var trace = ActivityTraceId.CreateRandom();
        var spans = new ConcurrentBag<Activity>();
        // It asks for nothing to be recorded: what it sees is what the service records.
        using var listener = new ActivityListener { ShouldListenTo = source => Sources.Contains(source.Name), ActivityStopped = Keep };
        ActivitySource.AddActivityListener(listener);

        using var answer = await Send(service.Gateway.Client, property, $"00-{trace}-{ActivitySpanId.CreateRandom()}-01");
        Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        // A span is told when it ends, and a late ballot ends after the answer: the tree is whole when each span's parent has ended too.
        var (seen, tree) = Told();
        while (tree.Length < seen.Length || !Grains(seen).Any(n => n.Contains("IVotingGrain", StringComparison.Ordinal)))
        {
            Assert.False(patience.IsCancellationRequested, $"Of {seen.Length} spans {tree.Length} hang together: {string.Join(", ", seen.Select(s => s.DisplayName))}");
            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, TestContext.Current.CancellationToken);
            (seen, tree) = Told();
        }

        TestContext.Current.TestOutputHelper?.WriteLine(string.Join(Environment.NewLine, tree));
        var root = Assert.Single(seen, s => s.OperationName == "Microsoft.AspNetCore.Hosting.HttpRequestIn");
        Assert.Equal("Microsoft.AspNetCore", root.Source.Name);
        Assert.Contains(Grains(seen), n => n.Contains("IReservationGrain/Book", StringComparison.Ordinal));
        Assert.Contains(Grains(seen), n => n.Contains("IInventoryGrain/PlaceHold", StringComparison.Ordinal));
        Assert.True(Grains(seen).Count(n => n.Contains("IReplicaGrain", StringComparison.Ordinal)) >= 5, "five replicas are asked");
        Assert.Contains(seen, s => s.OperationName == "charge");
        var append = seen.First(s => s.OperationName == "append");
        Assert.Contains(seen, s => s.Source.Name == "Npgsql" && s.ParentSpanId == append.SpanId);

        (Activity[] Seen, string[] Tree) Told()
        {
            Activity[] ended = [.. spans];
            return (ended, Tree(ended));
        }

        void Keep(Activity activity)
        {
            if (activity.TraceId == trace && activity.Recorded)
                spans.Add(activity);
        }
    }

    [Fact]
    public async Task Problem_OfATracedRequest_NamesItsTrace()
    {
        var trace = ActivityTraceId.CreateRandom();

        using var answer = await Send(service.Gateway.Client, "no-such-property", $"00-{trace}-{ActivitySpanId.CreateRandom()}-01");

        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        var problem = await answer.Content.ReadFromJsonAsync<JsonElement>(TestContext.Current.CancellationToken);
        Assert.Equal(trace.ToString(), problem.GetProperty("traceId").GetString());
    }

    [Fact]
    public async Task Metrics_OfGatewayAndSilo_TellOfBookingsAppendsAndBreakersAndStaySmall()
    {
        var property = await service.Gateway.NewProperty(rooms: 3, TestContext.Current.CancellationToken);
        using var booked = await Send(service.Gateway.Client, property, traceparent: null);
        Assert.Equal(HttpStatusCode.Created, booked.StatusCode);

        var gateway = await service.Gateway.Anyone.GetStringAsync("/metrics", TestContext.Current.CancellationToken);
        using var http = new HttpClient { BaseAddress = service.Gateway.SiloAddress };
        var silo = await http.GetStringAsync("/metrics", TestContext.Current.CancellationToken);

        Assert.Contains("travelhub_breaker_state{", gateway, StringComparison.Ordinal);
        Assert.Contains("travelhub_intake_waiting", gateway, StringComparison.Ordinal);
        Assert.Contains("http_server_request_duration", gateway, StringComparison.Ordinal);
        Assert.Contains("outcome=\"confirmed\"", silo, StringComparison.Ordinal);
        Assert.Contains("travelhub_log_batch_size", silo, StringComparison.Ordinal);
        Assert.Contains("travelhub_vote_duration", silo, StringComparison.Ordinal);
        Assert.Contains("orleans_catalog_activations", silo, StringComparison.Ordinal);
        // Other gateways and silos of this process stand beside these: kinds of figures are counted, their series by GatewayTelemetryTests.
        Assert.InRange(Kinds(gateway), 5, 60);
        Assert.InRange(Kinds(silo), 5, 80);
    }

    private static int Kinds(string metrics) => metrics.Split('\n').Count(line => line.StartsWith("# TYPE", StringComparison.Ordinal));

    [Fact]
    public async Task Health_OfASilo_NamesItsParts()
    {
        using var http = new HttpClient { BaseAddress = service.Gateway.SiloAddress };

        var health = await http.GetFromJsonAsync<JsonElement>("/health/ready", TestContext.Current.CancellationToken);

        Assert.Equal("ready", health.GetProperty("status").GetString());
        Assert.Equal(["process", "membership", "database"], health.GetProperty("parts").EnumerateObject().Select(part => part.Name));
    }

    private static Task<HttpResponseMessage> Send(HttpClient client, string property, string? traceparent)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, "/v1/reservations")
        {
            Content = JsonContent.Create(new
            {
                stays = new[] { new { propertyId = property, roomType = "STD", checkIn = "2030-01-10", checkOut = "2030-01-12", guests = 2 } },
                guest = new { name = "Ada", email = "ada@example.com" },
                paymentToken = "tok_ok",
            }),
        };
        request.Headers.Add("Idempotency-Key", Guid.NewGuid().ToString());
        if (traceparent is not null)
            request.Headers.Add("traceparent", traceparent);
        return client.SendAsync(request, TestContext.Current.CancellationToken);
    }

    private static IEnumerable<string> Grains(IEnumerable<Activity> spans) => spans.Where(s => s.Source.Name == "Microsoft.Orleans.Application").Select(s => s.DisplayName);

    private static string[] Tree(IReadOnlyCollection<Activity> spans)
    {
        var children = spans.ToLookup(s => s.ParentSpanId);
        return [.. spans.Where(s => s.OperationName == "Microsoft.AspNetCore.Hosting.HttpRequestIn").SelectMany(root => Branch(root, ""))];

        IEnumerable<string> Branch(Activity span, string indent) =>
            [$"{indent}{span.Source.Name}: {span.DisplayName} ({span.Duration.TotalMilliseconds:N1} ms)", .. children[span.SpanId].OrderBy(c => c.StartTimeUtc).SelectMany(c => Branch(c, indent + "  "))];
    }
}
