using System.Net;
using StackExchange.Redis;
using TravelHub.Testing;

namespace TravelHub.Api.Tests.Reads;

/// <summary>What gateways share over a real Redis.</summary>
public sealed class SharedAnswersTests
{
    [Fact(Timeout = 180_000)]
    public async Task Search_AnotherGatewayWhileTheClusterIsAway_HasWhatTheFirstWasAnswered()
    {
        using var folder = new TemporaryFolder();
        using var redis = RedisServer.TryStart(folder.Path);
        Assert.True(redis is not null, "There is no redis-server on the PATH; install it (Debian: apt-get install redis-server).");
        await using var service = new GatewayFixture { GatewaySettings = [FormattableString.Invariant($"--Reads:Redis=127.0.0.1:{redis.Port}")] };
        await service.InitializeAsync();
        var property = await service.NewProperty(rooms: 5, TestContext.Current.CancellationToken);
        var query = $"/v1/search?destination={property}&checkIn=2030-01-10&checkOut=2030-01-13&guests=2";
        var told = await (await service.Anyone.Read(query)).Json();
        await UntilRedisHolds($"*search*{property}*", redis.Port, () => service.Anyone.Read(query));
        await service.StopSilo();

        await using var another = await service.StartAnotherGateway();
        using var visitor = new HttpClient { BaseAddress = new Uri(another.Urls.First()) };
        var answer = await visitor.Read(query);
        while (answer.StatusCode == HttpStatusCode.Accepted)   // Redis did not answer in time
            answer = await visitor.Read(query);

        var again = await answer.Json();
        await another.StopAsync(TestContext.Current.CancellationToken);
        Assert.NotEqual("live", again["source"]!.GetValue<string>());   // cache or stale, by how long it took
        Assert.Equal(
            told["data"]!.AsArray().Select(offer => (offer!["roomType"]!.ToJsonString(), offer["total"]!.ToJsonString())),
            again["data"]!.AsArray().Select(offer => (offer!["roomType"]!.ToJsonString(), offer["total"]!.ToJsonString())));
    }
    // A copy travels beside the answer, and one that Redis did not take in time is lost: then it is asked again.
    private static async Task UntilRedisHolds(string pattern, int port, Func<Task> ask)
    {
        await using var redis = await ConnectionMultiplexer.ConnectAsync(FormattableString.Invariant($"127.0.0.1:{port}"));
        var server = redis.GetServers().Single();
        while (!await server.KeysAsync(pattern: pattern).AnyAsync(TestContext.Current.CancellationToken))
            await ask();
    }
}
