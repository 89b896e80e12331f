using CsCheck;
using TravelHub.Client.Replay;

namespace TravelHub.Client.Tests.Replay;

public sealed class PeakRoomsTests
{
    [Fact]
    public void Of_AnyStays_EqualsCountingEveryNight()
    {
        var day = Gen.Int[0, 40].Select(offset => new DateOnly(2019, 1, 1).AddDays(offset));
        var stay = Gen.Select(day, Gen.Int[0, 9], (checkIn, nights) => (CheckIn: checkIn, CheckOut: checkIn.AddDays(nights)));

        stay.List[0, 60].Sample(stays =>
        {
            var counted = Enumerable.Range(0, 60)
                .Select(offset => new DateOnly(2019, 1, 1).AddDays(offset))
                .Max(night => stays.Count(one => one.CheckIn <= night && night < one.CheckOut));
            Assert.Equal(counted, PeakRooms.Of(stays));
        });
    }

    [Theory]
    [InlineData(5, "0.8", 4)]
    [InlineData(10, "0.7", 7)]
    [InlineData(1, "0.8", 1)]
    [InlineData(246, "0.8", 197)]
    [InlineData(0, "0.8", 0)]
    public void Offered_ShareOfPeak_IsRoundedUpOnly(int peak, string share, int offered) =>
        Assert.Equal(offered, PeakRooms.Offered(peak, decimal.Parse(share)));
}
