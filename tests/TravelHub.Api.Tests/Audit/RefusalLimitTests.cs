using Microsoft.Extensions.Options;
using TravelHub.Api.Audit;

namespace TravelHub.Api.Tests.Audit;

public sealed class RefusalLimitTests
{
    [Fact]
    public async Task TryTake_MoreThanTheBurst_CountsThemForTheNextThatIsWritten()
    {
        using var limit = new RefusalLimit(Options.Create(new AuditOptions { RefusalBurst = 3, RefusalsPerSecond = 1 }));
        Assert.Equal([0L, 0L, 0L], Enumerable.Range(0, 3).Select(_ => limit.TryTake()));

        var unwritten = 0L;
        var next = limit.TryTake();
        for (; next is null; next = limit.TryTake())
        {
            unwritten++;
            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, TestContext.Current.CancellationToken);
        }

        Assert.True(unwritten > 0);
        Assert.Equal(unwritten, next);
    }
}
