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

    /// <summary>A place without a run of its own would let everything that is found there count as found.</summary>
    [Fact]
    public void Unmutated_EachPlaceOfATrial_IsAmongThem() =>
        Assert.Empty(MutantTrials.All.Select(Place).Except(MutantTrials.Unmutated.Select(Place)));

    private static (MutantStage, int, string) Place(MutantTrial trial) =>
        (trial.Stage, trial.Clients, string.Join("; ", trial.Faults.Select(fault => FormattableString.Invariant($"{fault.AtSeconds} {fault}"))));

    [Fact]
    public async Task Invoke_BuildWithoutBugs_SaysHowToBuild()
    {
        var refused = await Assert.ThrowsAsync<InputException>(() => MutantsCommand.Create(TimeProvider.System).Parse("--only release-ignored")
            .InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false }, TestContext.Current.CancellationToken));

        Assert.Contains("-p:Mutants=true", refused.Message, StringComparison.Ordinal);
    }
}
