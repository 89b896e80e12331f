using TravelHub.Client.Replay;
using TravelHub.Client.Replay.Audit;

namespace TravelHub.Client.Tests.Replay;

public sealed class ReplayReportTests
{
    [Theory]
    [InlineData(1, 0, true, true)]
    [InlineData(0, 0, true, false)]
    [InlineData(1, 1, true, false)]
    [InlineData(1, 0, false, false)]
    [InlineData(1, 0, null, false)]
    public void Passed_AcceptedAndErrorsAndACheck_NeedsOneGuestWithARoomAndNothingWrong(int accepted, int errors, bool? holds, bool passed)
    {
        var report = new ReplayReport(
            "run", "file", 1, 1, 0, [], 2, [], 0, 2, accepted, SoldOut: 2 - accepted, 0, 0, errors, [], 2, 1, 2, 1, 1, 1, [new CheckResult("it holds", holds, "", [])]);

        Assert.Equal(passed, report.Passed);
    }
}
