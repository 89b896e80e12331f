using System.CommandLine;
using TravelHub.Client.Http;
using TravelHub.Lab.Experiments;
using TravelHub.Lab.Reports;
using TravelHub.Testing;

namespace TravelHub.Lab.Tests.Reports;

public sealed class CompareCommandTests
{
    [Fact]
    public async Task Invoke_RunsOfTwoExperiments_IsRefused() =>
        Assert.Contains("only runs of one experiment", (await Assert.ThrowsAsync<InputException>(() => Compare(Result("H1"), Result("H2")))).Message, StringComparison.Ordinal);

    [Fact]
    public async Task Invoke_AQuickRunAndAFullOne_SaysHowTheyDiffer()
    {
        var said = await Compare(Result("H1"), Result("H1") with { IsQuick = true });

        Assert.Contains("They differ in seconds of load: A ", said, StringComparison.Ordinal);
        Assert.DoesNotContain("They differ in runtime", said, StringComparison.Ordinal);
    }

    private static async Task<string> Compare(ExperimentResult a, ExperimentResult b)
    {
        using var temporary = new TemporaryFolder();
        foreach (var (name, result) in new[] { ("a", a), ("b", b) })
        {
            Directory.CreateDirectory(temporary.In(name));
            RunsFolder.Write(temporary.In(name), result);
        }

        using var output = new StringWriter();
        await CompareCommand.Create().Parse([temporary.In("a"), temporary.In("b")])
            .InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false, Output = output }, TestContext.Current.CancellationToken);
        return output.ToString();
    }

    private static ExperimentResult Result(string id)
    {
        var scenario = ScenarioFiles.Load(id);
        return new ExperimentResult(
            scenario, 1, IsQuick: false, DateTimeOffset.UnixEpoch, 1, Versions.Known(), Finding.Of(scenario, [], 1),
            [new Trial(scenario.Arms[0].Name, 1, 1, new Dictionary<string, double> { [Metrics.Succeeded] = 1 }, [], [])]);
    }
}
