using System.ComponentModel.DataAnnotations;
using System.Net;
using TravelHub.Api.Operations;

namespace TravelHub.Api.Tests.Operations;

public sealed class SiloOperationsTests
{
    private static readonly TimeSpan LongestStart = TimeSpan.FromSeconds(30);

    [Theory]
    [InlineData(SiloStatus.Dead, true, 1, true)]        // it was told after the wish was durable, and ended
    [InlineData(SiloStatus.Dead, false, 29, false)]     // another life may be on its way
    [InlineData(SiloStatus.Dead, false, 30, true)]
    [InlineData(SiloStatus.Joining, false, 31, false)]
    [InlineData(SiloStatus.Active, false, 31, false)]
    [InlineData(SiloStatus.ShuttingDown, true, 31, false)]
    public void IsGone_OneThatWasTakenAway_IsWhenNoLifeCanCome(SiloStatus now, bool isTold, int wishedForSeconds, bool isGone)
    {
        var life = Life(1, now);

        Assert.Equal(isGone, SiloOperations.IsGone(life, isTold ? [life.SiloAddress] : [Life(0, now).SiloAddress], TimeSpan.FromSeconds(wishedForSeconds), LongestStart));
    }

    [Theory]
    [InlineData(SiloStatus.Created, true)]       // it is the new life already
    [InlineData(SiloStatus.Joining, true)]
    [InlineData(SiloStatus.Active, false)]
    [InlineData(SiloStatus.ShuttingDown, false)]
    [InlineData(SiloStatus.Stopping, false)]
    [InlineData(SiloStatus.Dead, true)]
    public void IsBack_SameLifeIsActive_IsOnlyWhenItWasOnItsWay(SiloStatus before, bool isBack)
    {
        Assert.Equal(isBack, SiloOperations.IsBack(Life(1, SiloStatus.Active), SiloOperations.LifeToEnd(Life(1, before))));
        Assert.True(SiloOperations.IsBack(Life(2, SiloStatus.Active), SiloOperations.LifeToEnd(Life(1, before))));
        Assert.False(SiloOperations.IsBack(Life(2, SiloStatus.Joining), SiloOperations.LifeToEnd(Life(1, before))));
    }

    [Fact]
    public void NewestOf_DeadOneOfTheFuture_IsTheOneThatLives()
    {
        MembershipEntry[] lives = [Life(9, SiloStatus.Dead), Life(5, SiloStatus.Active), Life(4, SiloStatus.Dead)];

        Assert.Equal(5, Assert.Single(SiloReads.NewestOf(lives)).SiloAddress.Generation);
    }

    [Fact]
    public void NewestOf_SeveralSilos_IsTheNewestOfEach()
    {
        MembershipEntry[] lives =
        [
            Life(1, SiloStatus.Dead), Life(2, SiloStatus.Dead),
            Life(1, SiloStatus.Active, "silo-1"), Life(2, SiloStatus.Joining, "silo-1"), Life(3, SiloStatus.Dead, "silo-1"),
        ];

        Assert.Equal([("silo-1", 2), ("silo-2", 2)], SiloReads.NewestOf(lives).Select(life => (life.SiloName, life.SiloAddress.Generation)).Order());
    }

    [Fact]
    public void Options_StartThatOutlastsTheAnswer_IsRefused()
    {
        var wrong = new OperationOptions { WaitFor = LongestStart, LongestStart = LongestStart };

        Assert.Single(wrong.Validate(new ValidationContext(wrong)));
        Assert.Empty(new OperationOptions().Validate(new ValidationContext(wrong)));
    }

    private static MembershipEntry Life(int generation, SiloStatus status, string name = "silo-2") =>
        new() { SiloName = name, Status = status, SiloAddress = SiloAddress.New(IPAddress.Loopback, 11_111, generation) };
}
