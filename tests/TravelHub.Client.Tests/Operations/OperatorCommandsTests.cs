using System.Text.Json.Nodes;
using TravelHub.Client.Operations;

namespace TravelHub.Client.Tests.Operations;

public sealed class OperatorCommandsTests
{
    [Theory]
    [InlineData("Active", false, "Active", true)]
    [InlineData("Dead", true, "Dead (taken away)", true)]
    [InlineData("Dead", false, "Dead", false)]
    [InlineData("Dead", null, "Dead (taken away or not: not known now)", false)]
    public void SiloStatus_AsTheGatewayTells_TellsUnknownFromNo(string status, bool? isAway, string printed, bool isWell)
    {
        var silo = new JsonObject { ["status"] = status };
        if (isAway is { } known)
            silo["isAway"] = known;   // the gateway sends nothing for what it does not know

        Assert.Equal(printed, OperatorCommands.SiloStatus(silo));
        Assert.Equal(isWell, OperatorCommands.IsWell(silo));
    }

    [Theory]
    [InlineData("inactive", true, "reservation 1 is inactive.")]
    [InlineData("inactive", false, "reservation 1 is inactive, as it was before.")]
    [InlineData("inactive", null, "reservation 1 is inactive.")]
    [InlineData("active", false, "reservation 1 is active.")]
    public void GrainSentence_AsTheGatewayTells_SaysNoMoreThanIsKnown(string status, bool? wasActive, string sentence)
    {
        var grain = new JsonObject { ["type"] = "reservation", ["key"] = "1", ["status"] = status };
        if (wasActive is { } known)
            grain["wasActive"] = known;

        Assert.Equal(sentence, OperatorCommands.GrainSentence(grain));
    }
}
