using System.Collections.Immutable;
using Microsoft.Extensions.Time.Testing;
using TravelHub.Api.Monitoring;
using TravelHub.Grains.Abstractions.Monitoring;

namespace TravelHub.Api.Tests.Monitoring;

public sealed class MonitoringReadsTests
{
    private static readonly Task<ImmutableArray<ComponentView>> Nobody = Task.FromResult(ImmutableArray<ComponentView>.Empty);

    private readonly FakeTimeProvider _time = new();

    /// <summary>All calls of one key go to one silo: who repeats a call by the same key asks the one that was silent.</summary>
    [Fact]
    public async Task Components_NoAnswer_AreAskedForByAnotherKey()
    {
        var silent = new TaskCompletionSource<ImmutableArray<ComponentView>>();
        long? first = null;
        var reads = new MonitoringReads(StubGrains.Of(key => (first ??= key) == key ? silent.Task : Nobody, _time));
        var components = reads.Components(TestContext.Current.CancellationToken).AsTask();
        Assert.NotNull(first);

        _time.Advance(TimeSpan.FromSeconds(4));

        Assert.Empty(await components.WaitAsync(TimeSpan.FromSeconds(10), TimeProvider.System, TestContext.Current.CancellationToken));
    }

    /// <summary>Each key is a grain in a silo's memory.</summary>
    [Fact]
    public async Task Components_ReadAgainAndAgain_TakeTurnsOfFewKeys()
    {
        var keys = new HashSet<long>();
        var reads = new MonitoringReads(StubGrains.Of(
            key =>
            {
                keys.Add(key);
                return Nobody;
            }, _time));

        for (var i = 0; i < 1_000; i++)
            await reads.Components(TestContext.Current.CancellationToken);

        Assert.InRange(keys.Count, 8, 32);
    }
}
