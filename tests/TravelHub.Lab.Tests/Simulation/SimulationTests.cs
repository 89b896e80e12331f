using TravelHub.Lab.Simulation;

namespace TravelHub.Lab.Tests.Simulation;

/// <summary>The same seeds each time: what they find or don't is no accident.</summary>
public sealed class SimulationTests
{
    private const int AtOnce = 1_000;
    private const int MostTimes = 15;   // the rarest is met about once in 4,000 worlds

    [Fact]
    public void Run_TheMachinesAsTheyAre_KeepTheirPromises() => Assert.Empty(SimulateCommand.Run(first: 1, count: AtOnce * MostTimes, SimulationBug.None));

    [Theory]
    [InlineData(nameof(SimulationBug.MissingFence))]
    [InlineData(nameof(SimulationBug.HoldEndedByClock))]
    [InlineData(nameof(SimulationBug.NewChargeId))]
    [InlineData(nameof(SimulationBug.ForgetfulVoid))]
    [InlineData(nameof(SimulationBug.AnswerFirst))]
    [InlineData(nameof(SimulationBug.NewRefundId))]
    [InlineData(nameof(SimulationBug.UnvoidedSoldOut))]
    [InlineData(nameof(SimulationBug.HoldsOfTheAbandoned))]
    [InlineData(nameof(SimulationBug.RefundBeforeDurable))]
    [InlineData(nameof(SimulationBug.StaleConfirm))]
    [InlineData(nameof(SimulationBug.RulingReplacesCharge))]
    [InlineData(nameof(SimulationBug.WordOfTheRefused))]
    public void Run_ABugIsPlanted_IsFound(string bug) => Assert.Contains(
        Enumerable.Range(0, MostTimes), time => SimulateCommand.Run(first: 1 + (time * AtOnce), AtOnce, Enum.Parse<SimulationBug>(bug)).Count > 0);
}
