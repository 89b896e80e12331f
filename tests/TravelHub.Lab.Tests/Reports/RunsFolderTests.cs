using System.Text.Json;
using TravelHub.Lab.Experiments;
using TravelHub.Lab.Reports;
using TravelHub.Testing;

namespace TravelHub.Lab.Tests.Reports;

public sealed class RunsFolderTests
{
    private static readonly DateTimeOffset Now = new(2030, 1, 2, 3, 4, 5, TimeSpan.Zero);

    [Fact]
    public void Write_AResult_CanBeReadAndListed()
    {
        using var temporary = new TemporaryFolder();
        var folder = new RunsFolder(temporary.In("runs")).New("H2", Now);
        var result = Result();

        RunsFolder.Write(folder, result);
        RunsFolder.WriteIndex(temporary.In("runs"));

        var read = RunsFolder.Read(Path.Combine(folder, RunsFolder.Results));
        Assert.Equal((result.Seed, result.Finding.Kind, result.Command), (read.Seed, read.Finding.Kind, read.Command));
        Assert.Equal(result.Trials[0].Values, read.Trials[0].Values);
        using var index = JsonDocument.Parse(File.ReadAllText(Path.Combine(temporary.In("runs"), RunsFolder.Index)));
        Assert.Equal("H2/20300102-030405/report.html", index.RootElement[0].GetProperty("report").GetString());
    }

    /// <summary>What never came is a result too.</summary>
    [Fact]
    public void Write_AValueThatNeverCame_CanBeRead()
    {
        using var temporary = new TemporaryFolder();
        var folder = new RunsFolder(temporary.In("runs")).New("H2", Now);
        var result = Result();
        var never = result.Trials[0] with { Values = new Dictionary<string, double> { [Metrics.Succeeded] = 10, [Metrics.QuarantineSeconds] = double.PositiveInfinity } };

        RunsFolder.Write(folder, result with { Trials = [never] });

        Assert.Equal(never.Values, RunsFolder.Read(Path.Combine(folder, RunsFolder.Results)).Trials[0].Values);
        Assert.Contains("never", File.ReadAllText(Path.Combine(folder, RunsFolder.Report)), StringComparison.Ordinal);
    }

    [Fact]
    public void Of_AResult_IsAPageThatNeedsNothingElse()
    {
        var page = HtmlReport.Of(Result());

        Assert.Contains("&lt;b&gt;", page);   // what researchers write is text
        Assert.Contains("<svg", page);
        Assert.DoesNotContain("<script", page);
        Assert.DoesNotContain("src=", page);
        Assert.DoesNotContain("href=", page);
    }

    private static ExperimentResult Result()
    {
        var scenario = ScenarioFiles.Load("H2") with { Hypothesis = "Five <b>vote</b>." };
        var trials = scenario.Arms.Select(arm => new Trial(
            arm.Name, 1, 5, new Dictionary<string, double> { [Metrics.Succeeded] = 10, [Metrics.WrongPrices] = arm.IsControl ? 3 : 0 },
            [new TrialSecond(0, 4, 0, 12), new TrialSecond(1, 6, 1, null)], [])).ToList();
        return new ExperimentResult(scenario, Seed: 5, IsQuick: true, Now, 12.5, Versions.Known(), Finding.Of(scenario, trials, trials.Count), trials);
    }
}
