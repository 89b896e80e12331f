using Microsoft.Extensions.Options;
using TravelHub.Api.Audit;

namespace TravelHub.Api.Tests.Audit;

public sealed class RefusalLimitTests
{
    [Fact]
    public async Task TryTake_MoreThanTheBurst_CountsThemForTheNextThatIsWritten()
    {
        using var limit = new RefusalLimit(Options.Create(new AuditOptions { RefusalBurst = 3, RefusalsPerSecond = 1 }));
        var written = 0;
        for (var taken = limit.TryTake(); taken is not null; taken = limit.TryTake(), written++)
            Assert.Equal(0L, taken);

        var unwritten = 1L;
        var next = limit.TryTake();
        for (; next is null; next = limit.TryTake())
        {
            unwritten++;
            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, TestContext.Current.CancellationToken);
        }

        Assert.True(written >= 3, $"{written} were written at once");
        Assert.Equal(unwritten, next);
    }
}
