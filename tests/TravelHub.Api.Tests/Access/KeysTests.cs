using System.Net;
using System.Net.Http.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using TravelHub.Api.Access;

namespace TravelHub.Api.Tests.Access;

[Collection(AccessCollection.Name)]
public sealed class KeysTests(AccessFixture access)
{
    private const string Own = "/v1/reservations";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Issue_AKey_OpensWhatItsRoleMayAndIsStoredAsAHash()
    {
        var issued = await access.Issue("acme", "client");
        var key = issued["key"]!.GetValue<string>();

        Assert.Matches("^thk_[0-9A-Za-z]{12}_[0-9A-Za-z]{43}$", key);
        using var acme = access.Service.WithKey(key);
        Assert.Equal(HttpStatusCode.OK, (await acme.Read(Own)).StatusCode);
        await (await acme.Read("/v1/keys")).IsProblem(403, "forbidden");
        var list = await (await access.Service.Operator.Read("/v1/keys?limit=200")).Content.ReadAsStringAsync(Cancellation);
        Assert.Contains($"\"{issued["id"]}\"", list, StringComparison.Ordinal);
        Assert.DoesNotContain(key[17..], list, StringComparison.Ordinal);
        Assert.Equal(0L, await access.Service.Sql($"SELECT count(*) FROM api_keys k WHERE k::text LIKE '%{key[17..]}%'", Cancellation));
        using var forger = access.Service.WithKey(key[..^1] + (key[^1] == 'x' ? 'y' : 'x'));
        await (await forger.Read(Own)).IsProblem(401, "unauthorized");
    }

    [Theory]
    [InlineData("visitor-1", "client")]
    [InlineData("development-client", "client")]
    [InlineData("acme", "owner")]
    [InlineData("", "client")]
    public async Task Issue_ForAnOwnerOrRoleThatMayNotBe_Is422(string owner, string role) =>
        await (await access.Service.Operator.PostAsJsonAsync("/v1/keys", new { owner, role }, Cancellation)).IsProblem(422, "invalid-request");

    [Fact]
    public async Task Revoke_AtOneGateway_EndsTheKeyAtAnotherWithin5Seconds()
    {
        await using var another = await access.Service.StartAnotherGateway();
        var issued = await access.Issue("acme", "client");
        using var there = new HttpClient { BaseAddress = new Uri(another.Urls.First()) };
        there.DefaultRequestHeaders.Authorization = new("Bearer", issued["key"]!.GetValue<string>());
        await Until(there, HttpStatusCode.OK, TimeSpan.FromMinutes(3));   // until then it has no cluster either

        Assert.Equal(HttpStatusCode.NoContent, (await access.Service.Operator.DeleteAsync(new Uri($"/v1/keys/{issued["id"]}", UriKind.Relative), Cancellation)).StatusCode);

        using var here = access.Service.WithKey(issued["key"]!.GetValue<string>());
        await (await here.Read(Own)).IsProblem(401, "unauthorized");
        await Until(there, HttpStatusCode.Unauthorized, TimeSpan.FromSeconds(5));
        await another.StopAsync(Cancellation);
    }

    [Fact]
    public async Task Rotate_AKey_BothAreGoodUntilTheGraceIsOver()
    {
        var first = await access.Issue("acme", "client");
        using var old = access.Service.WithKey(first["key"]!.GetValue<string>());

        var second = await (await Rotate(first, graceSeconds: 3_600)).Json();
        using var fresh = access.Service.WithKey(second["key"]!.GetValue<string>());
        Assert.Equal(HttpStatusCode.OK, (await old.Read(Own)).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await fresh.Read(Own)).StatusCode);
        await (await Rotate(first, graceSeconds: 0)).IsProblem(409, "not-rotatable");

        var third = await (await Rotate(second, graceSeconds: 0)).Json();
        await (await fresh.Read(Own)).IsProblem(401, "unauthorized");
        using var last = access.Service.WithKey(third["key"]!.GetValue<string>());
        Assert.Equal(HttpStatusCode.OK, (await last.Read(Own)).StatusCode);
    }

    [Theory]
    [InlineData("X-Forwarded-For")]
    [InlineData("Forwarded")]
    public async Task DevelopmentKey_ForwardedByAProxy_IsNone(string header)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, Own) { Headers = { { header, "for=203.0.113.7" } } };

        await (await access.Service.Client.SendAsync(request, Cancellation)).IsProblem(401, "unauthorized");
    }

    [Fact]
    public async Task UnknownKey_StoreAway_Is401AndSaysThatItMayBeNew()
    {
        await using var gateway = await LonelyGateway.Start();
        gateway.Client.DefaultRequestHeaders.Authorization = new("Bearer", KeySecret.New().Key);

        var answer = await gateway.Client.Read(Own);
        Assert.NotNull(answer.Headers.RetryAfter);
        Assert.Contains("does not answer", (await answer.IsProblem(401, "unauthorized"))["detail"]!.GetValue<string>(), StringComparison.Ordinal);
    }

    /// <summary>Known from the settings, and so from the first request on: the server may take one before it tells where it listens.</summary>
    [Theory]
    [InlineData("http://127.0.0.1:0", "127.0.0.1", true)]
    [InlineData(null, "127.0.0.1", true)]
    [InlineData("http://127.0.0.1:0", "192.0.2.7", false)]
    [InlineData("http://127.0.0.1:0;https://0.0.0.0:0", "127.0.0.1", false)]
    public void Find_DevelopmentKey_OpensOnLoopbackAlone(string? urls, string from, bool expected)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection([KeyValuePair.Create("urls", urls)]).Build();
        var keys = new DevelopmentKeys(Options.Create(new KeyOptions { Client = "client-key" }), configuration, NullLogger<DevelopmentKeys>.Instance);
        var context = new DefaultHttpContext { Connection = { LocalIpAddress = IPAddress.Loopback, RemoteIpAddress = IPAddress.Parse(from) } };

        Assert.Equal(expected, keys.Find(KeySecret.Hash("client-key"), context) is not null);
    }

    [Fact]
    public void Find_StoreAway_TakesKnownKeysForAWhileAndNoOthers()
    {
        var time = new FakeTimeProvider();
        var options = Options.Create(new KeyOptions());
        var ring = new KeyRing(new DevelopmentKeys(options, new ConfigurationBuilder().Build(), NullLogger<DevelopmentKeys>.Instance), options, time);
        var context = new DefaultHttpContext();
        var (known, revoked, replaced, unknown) = (Key(null), Key(time.GetUtcNow()), Key(null), Key(null));
        ring.Learn([known.Stored, revoked.Stored, replaced.Stored with { ReplacedBy = known.Stored.Id, ExpiresAt = time.GetUtcNow() }]);
        ring.WasRead();

        ring.WasNotRead();
        time.Advance(options.Value.TrustFor);
        Assert.Equal("acme", ring.Find(known.Key, context)?.Owner);
        Assert.Null(ring.Find(revoked.Key, context));
        Assert.Null(ring.Find(unknown.Key, context));
        ring.Learn([revoked.Stored with { RevokedAt = null }]);   // an older word
        Assert.Null(ring.Find(revoked.Key, context));
        ring.Learn([replaced.Stored]);   // this one too
        Assert.Null(ring.Find(replaced.Key, context));

        time.Advance(TimeSpan.FromSeconds(1));
        Assert.Null(ring.Find(known.Key, context));
        ring.WasRead();
        Assert.Equal("acme", ring.Find(known.Key, context)?.Owner);

        (string Key, ApiKey Stored) Key(DateTimeOffset? revokedAt)
        {
            var (id, key, hash) = KeySecret.New();
            return (key, new ApiKey(id, hash, "acme", "client", time.GetUtcNow(), "tests", null, revokedAt, null));
        }
    }

    private Task<HttpResponseMessage> Rotate(System.Text.Json.Nodes.JsonObject key, int graceSeconds) =>
        access.Service.Operator.PostAsJsonAsync($"/v1/keys/{key["id"]}/rotation", new { graceSeconds }, Cancellation);

    private static async Task Until(HttpClient sender, HttpStatusCode status, TimeSpan within)
    {
        using var patience = new CancellationTokenSource(within);
        while ((await sender.GetAsync(new Uri(Own, UriKind.Relative), patience.Token)).StatusCode != status)
            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, patience.Token);
    }
}
