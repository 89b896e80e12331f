using TravelHub.Lab.Simulation;

namespace TravelHub.Lab.Tests.Simulation;

/// <summary>The same seeds each time: what they find or don't is no accident.</summary>
public sealed class SimulationTests
{
    [Fact]
    public void Run_TheMachinesAsTheyAre_KeepTheirPromises() => Assert.Empty(SimulateCommand.Run(first: 1, count: 3_000, SimulationBug.None));

    [Theory]
    [InlineData(nameof(SimulationBug.MissingFence))]
    [InlineData(nameof(SimulationBug.HoldEndedByClock))]
    [InlineData(nameof(SimulationBug.NewChargeId))]
    [InlineData(nameof(SimulationBug.ForgetfulVoid))]
    [InlineData(nameof(SimulationBug.AnswerFirst))]
    [InlineData(nameof(SimulationBug.NewRefundId))]
    [InlineData(nameof(SimulationBug.UnvoidedSoldOut))]
    [InlineData(nameof(SimulationBug.HoldsOfTheAbandoned))]
    public void Run_ABugIsPlanted_IsFound(string bug) => Assert.NotEmpty(SimulateCommand.Run(first: 1, count: 3_000, Enum.Parse<SimulationBug>(bug)));
}
