using System.CommandLine;
using TravelHub.Client.Http;
using TravelHub.Grains.Faults;
using TravelHub.Lab.Mutants;

namespace TravelHub.Lab.Tests.Mutants;

public sealed class MutantTrialsTests
{
    [Fact]
    public void All_BesideThePlantsOfASoak_AreAtLeastTwenty()
    {
        var names = MutantTrials.All.Select(trial => trial.Name).ToList();

        Assert.Distinct(names);
        Assert.True(names.Except(Plants.Names).Count() >= 20);
        Assert.Empty(Plants.Names.Except(names));
    }

    /// <summary>A stage without a run of its own would let everything that is found there count as found.</summary>
    [Fact]
    public void Unmutated_EachStageOfATrial_IsAmongThem() =>
        Assert.Empty(MutantTrials.All.Select(trial => trial.Stage).Except(MutantTrials.Unmutated.Select(trial => trial.Stage)));

    [Fact]
    public async Task Invoke_BuildWithoutBugs_SaysHowToBuild()
    {
        var refused = await Assert.ThrowsAsync<InputException>(() => MutantsCommand.Create(TimeProvider.System).Parse("--only release-ignored")
            .InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false }, TestContext.Current.CancellationToken));

        Assert.Contains("-p:Mutants=true", refused.Message, StringComparison.Ordinal);
    }
}
