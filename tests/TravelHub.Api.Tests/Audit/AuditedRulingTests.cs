using System.Net.Http.Json;
using TravelHub.Testing;

namespace TravelHub.Api.Tests.Audit;

/// <summary>A service of its own, whose replicas disagree.</summary>
public sealed class AuditedRulingTests : IAsyncLifetime
{
    private readonly GatewayFixture _service = new()
    {
        GatewaySettings = ["--environment=Staging", "--Faults:Enabled=true"],
        SiloSettings = ["--environment=Staging", "--Faults:Enabled=true", "--Payments:ReplicaGroups=1"],
    };

    public ValueTask InitializeAsync() => _service.InitializeAsync();

    public ValueTask DisposeAsync() => _service.DisposeAsync();

    [Fact]
    public async Task Resolve_CardDeclinedAfterIt_IsOnRecordAsDone()
    {
        foreach (var number in new[] { 1, 2, 3 })
            (await _service.Researcher.PutAsJsonAsync($"/v1/faults/replicas/0/{number}", new { kind = "wrong-by-factor", parameter = 10 + number })).EnsureSuccessStatusCode();
        var property = await _service.NewProperty(rooms: 1, TestContext.Current.CancellationToken);
        var disputed = await (await _service.Client.Book(Requests.Booking(property, "tok_declined"))).Json();
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (disputed["reason"]?.GetValue<string>() != "no-majority")
        {
            await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System, patience.Token);
            disputed = await (await _service.Client.Read($"{Requests.Bookings}/{disputed["id"]}")).Json();
        }

        var answer = await _service.Operator.Post($"/v1/payments/disputes/{disputed["id"]}/resolution", """{"amountMinor": 36000, "currency": "EUR"}""");

        await answer.IsProblem(402, "payment-declined");
        var rows = (await (await _service.Operator.Read("/v1/audit?limit=200")).Json())["data"]!.AsArray().Where(r => r!["action"]!.GetValue<string>() == "resolveDispute");
        Assert.Equal([("done", "402"), ("begun", "")], rows.Select(r => (r!["outcome"]!.GetValue<string>(), r["detail"]!.GetValue<string>())));
    }
}
