using Microsoft.Extensions.Time.Testing;
using TravelHub.Client.Processes;
using TravelHub.Client.Tests.Http;

namespace TravelHub.Client.Tests.Processes;

public sealed class ReadinessTests
{
    [Fact]
    public async Task Wait_NobodyIsReadyForAMinute_SaysSoOnceAndWaitsOn()
    {
        var time = new FakeTimeProvider();
        var askedWhenSaid = new List<int>();
        await using var gateway = new StandInGateway();   // which is never ready
        using var noMore = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);

        var wait = Readiness.Wait(gateway.Url, time, noMore.Token, () => askedWhenSaid.Add(gateway.Requests.Count));
        while (gateway.Requests.Count < 70)
        {
            noMore.Token.ThrowIfCancellationRequested();
            time.Advance(TimeSpan.FromSeconds(1));
            await Task.Yield();
        }

        await noMore.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => wait);
        Assert.Single(askedWhenSaid);
    }
}
