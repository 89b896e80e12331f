using TravelHub.Client.Replay;
using TravelHub.Lab.Workload;

namespace TravelHub.Lab.Tests.Workload;

public sealed class SyntheticDemandTests
{
    [Fact]
    public void Rows_SameSeed_AreTheSame() => Assert.Equal(SyntheticDemand.Rows(3, 100, 1), SyntheticDemand.Rows(3, 100, 1));

    [Fact]
    public void Rows_All_CanBeBookedAndCancelledBetweenBookingAndArrival() => Assert.All(SyntheticDemand.Rows(4, 2_000, 0.5), row =>
    {
        Assert.Equal(OddKinds.None, row.Odd());
        Assert.True(row.CancelledOn is null || (row.CancelledOn >= row.BookedOn && row.CancelledOn <= row.Arrival));
    });

    /// <summary>By the Zipf distribution over 20 types the first takes 1/20 at skew 0 and 1/H(20), 0.278, at skew 1.</summary>
    [Theory]
    [InlineData(0, 0.05)]
    [InlineData(1, 0.278)]
    public void Rows_Skew_DecidesHowMuchTheFirstTypeIsWanted(double skew, double share)
    {
        var rows = SyntheticDemand.Rows(5, 20_000, skew);

        Assert.Equal(share, (double)rows.Count(row => row.RoomType == "T1") / rows.Count, tolerance: 0.015);
    }
}
