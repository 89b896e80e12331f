using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using TravelHub.Testing;

namespace TravelHub.Api.Tests.Access;

/// <summary>A service of its own for tests that try every route with every key: they stop its silo and quarantine its replicas, which harms no others.</summary>
public sealed class AccessFixture : IAsyncLifetime
{
    private static readonly string[] EachDependency =
    [
        "/health/ready", "/v1/search?destination=nowhere&checkIn=2030-01-10&checkOut=2030-01-13&guests=2", "/v1/properties/nowhere",
        $"/v1/reservations/{Guid.NewGuid()}", "/v1/reservations",
    ];

    public const int StreamsPerCaller = 4;

    public GatewayFixture Service { get; } = new()
    {
        GatewaySettings =
        [
            "--environment=Staging", "--Faults:Enabled=true", "--Dashboard:Enabled=true", "--Keys:RefreshEvery=00:00:00.2", "--Calls:WriteRetryFor=00:00:00.2", "--Calls:ReadRetryFor=00:00:00.2",
            "--Breaker:BreakDuration=00:00:01", "--Audit:RefusalBurst=1000000", $"--Limits:StreamsPerCaller={StreamsPerCaller}",
        ],
        SiloSettings = ["--environment=Staging", "--Faults:Enabled=true", "--Dashboard:Enabled=true"],
    };

    public async ValueTask InitializeAsync()
    {
        await Service.InitializeAsync();
        OtherClient = Service.WithKey((await Issue("other-client", "client"))["key"]!.GetValue<string>());
        var revoked = await Issue("revoked", "operator");
        Revoked = Service.WithKey(revoked["key"]!.GetValue<string>());
        (await Service.Operator.DeleteAsync(new Uri($"/v1/keys/{revoked["id"]}", UriKind.Relative))).EnsureSuccessStatusCode();
    }

    /// <summary>A client with a key that was issued; <see cref="GatewayFixture.Client"/> is another one.</summary>
    public HttpClient OtherClient { get; private set; } = null!;

    /// <summary>An operator whose key was revoked.</summary>
    public HttpClient Revoked { get; private set; } = null!;

    public async Task<JsonObject> Issue(string owner, string role, DateTimeOffset? expiresAt = null)
    {
        var answer = await Service.Operator.PostAsJsonAsync("/v1/keys", new { owner, role, expiresAt });
        answer.EnsureSuccessStatusCode();
        return (await answer.Content.ReadFromJsonAsync<JsonObject>())!;
    }

    /// <summary>Does this while there is no cluster, and returns when the gateway asks a new one again: its breakers stay open for a while.</summary>
    public async Task WhileTheClusterIsAway(Func<Task> act)
    {
        await Service.StopSilo();
        try
        {
            await act();
        }
        finally
        {
            await Service.StartSilo();
            using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
            foreach (var path in EachDependency)
            {
                while (!await IsAnsweredByTheCluster(path, patience.Token))
                    await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System, patience.Token);
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        OtherClient?.Dispose();
        Revoked?.Dispose();
        await Service.DisposeAsync();
    }

    private async Task<bool> IsAnsweredByTheCluster(string path, CancellationToken cancellationToken)
    {
        using var answer = await Service.Client.GetAsync(new Uri(path, UriKind.Relative), cancellationToken);
        var body = await answer.Content.ReadAsStringAsync(cancellationToken);
        return answer.StatusCode is HttpStatusCode.OK or HttpStatusCode.NotFound && !body.Contains("\"degraded\":true", StringComparison.Ordinal);
    }
}
