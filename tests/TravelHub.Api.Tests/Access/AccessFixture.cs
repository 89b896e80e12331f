using System.Net.Http.Json;
using System.Text.Json.Nodes;
using TravelHub.Testing;

namespace TravelHub.Api.Tests.Access;

/// <summary>A service of its own for tests that try every route with every key: they stop its silo and quarantine its replicas, which harms no others.</summary>
public sealed class AccessFixture : IAsyncLifetime
{
    public GatewayFixture Service { get; } = new()
    {
        GatewaySettings =
        [
            "--environment=Staging", "--Faults:Enabled=true", "--Keys:RefreshEvery=00:00:00.2", "--Calls:WriteRetryFor=00:00:00.2", "--Calls:ReadRetryFor=00:00:00.2",
            "--Breaker:BreakDuration=00:00:01",
        ],
        SiloSettings = ["--environment=Staging", "--Faults:Enabled=true"],
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

    public async ValueTask DisposeAsync()
    {
        OtherClient?.Dispose();
        Revoked?.Dispose();
        await Service.DisposeAsync();
    }
}
