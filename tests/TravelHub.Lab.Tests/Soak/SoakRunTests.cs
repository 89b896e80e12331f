using TravelHub.Lab.Faults;
using TravelHub.Lab.Instances;
using TravelHub.Lab.Soak;
using TravelHub.Testing;

namespace TravelHub.Lab.Tests.Soak;

public sealed class SoakRunTests
{
    // Its first two faults are the death of a silo and that of PostgreSQL.
    private const int Seed = 3;

    private static readonly TimeSpan Duration = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(12);

    [Fact]
    public void Draw_SeedOfThisTest_KillsASiloAndPostgres() => Assert.Equal(
        [FaultKind.KillSilo, FaultKind.KillPostgres], FaultSchedule.Draw(FaultSchedule.Soak, Seed, Duration, Every, LabInstance.Silos).Select(fault => fault.Kind));

    /// <summary>The programs are those that were built beside the test.</summary>
    [Fact(Timeout = 300_000)]
    public async Task Run_ASiloAndPostgresAreKilled_AllChecksHold()
    {
        using var folder = new TemporaryFolder();
        var site = new LabSite(folder.In("data"), Plant: null)
        {
            Program = project => Path.Combine(AppContext.BaseDirectory, $"{Path.GetFileName(project)}.dll"),
        };

        var report = await SoakRun.Run(
            site, new LabLoad(Seed, Clients: 8), Duration, Every, inPairs: false, TestContext.Current.SendDiagnosticMessage, TimeProvider.System,
            TestContext.Current.CancellationToken);

        Assert.All(report.Outcome.Checks, check => Assert.True(check.Holds, $"{check.Name}: {string.Join("; ", check.Offenders)}"));
        Assert.Equal([(nameof(FaultKind.KillPostgres), 1), (nameof(FaultKind.KillSilo), 1)], report.Faults.Select(kind => (kind.Key, kind.Value)).Order());
        Assert.NotEqual(0, report.Outcome.Succeeded);
        Assert.NotNull(report.Outcome.SettleSeconds);
    }
}
