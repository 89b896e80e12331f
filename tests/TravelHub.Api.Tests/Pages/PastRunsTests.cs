using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging.Abstractions;
using TravelHub.Api.Pages.Lab;
using TravelHub.Testing;

namespace TravelHub.Api.Tests.Pages;

public sealed class PastRunsTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public void All_OfBothFolders_AreShownNewestFirstAndFound()
    {
        Write("runs", "H1", "20260102-000000", "2026-01-02T00:00:00Z");
        Write("evidence", "H2", "20260103-000000", "2026-01-03T00:00:00Z");
        var runs = Runs();

        Assert.Equal(["H2", "H1"], runs.All().Select(run => run.Experiment));
        Assert.All(runs.All(), run => Assert.True(File.Exists(runs.Report(run.Report!))));
    }

    [Theory]
    [InlineData("../secret")]
    [InlineData("H1/20260102-000000/results.json")]
    [InlineData("H1/20260102-000000/../../report.html")]
    [InlineData("H9/20260102-000000/report.html")]
    public void Report_ThatIsNone_IsNotServed(string path)
    {
        Write("runs", "H1", "20260102-000000", "2026-01-02T00:00:00Z");

        Assert.Null(Runs().Report(path));
    }

    [Fact]
    public void All_IndexBroken_IsEmptyAndDoesNotFail()
    {
        Directory.CreateDirectory(_folder.In("runs"));
        File.WriteAllText(Path.Combine(_folder.In("runs"), "index.json"), "{");

        Assert.Empty(Runs().All());
    }

    public void Dispose() => _folder.Dispose();

    private PastRuns Runs() => new(
        new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?> { ["Lab:RunsFolder"] = _folder.In("runs"), ["Lab:EvidenceFolder"] = _folder.In("evidence") }).Build(),
        NullLogger<PastRuns>.Instance);

    private void Write(string folder, string experiment, string at, string startedAt)
    {
        var report = Path.Combine(experiment, at, "report.html");
        Directory.CreateDirectory(Path.GetDirectoryName(Path.Combine(_folder.In(folder), report))!);
        File.WriteAllText(Path.Combine(_folder.In(folder), report), "<html></html>");
        File.WriteAllText(Path.Combine(_folder.In(folder), "results.json"), "{}");
        File.WriteAllText(Path.Combine(_folder.In(folder), "index.json"), $$"""
            [{"experiment": "{{experiment}}", "hypothesis": "It holds.", "startedAt": "{{startedAt}}", "isQuick": false, "finding": "supported",
              "sentence": "Supported.", "command": "run {{experiment}}", "report": "{{report}}"}]
            """);
    }
}
