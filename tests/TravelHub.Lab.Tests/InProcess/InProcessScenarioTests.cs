using TravelHub.Lab.InProcess;
using TravelHub.Lab.Workload;
using TravelHub.Testing;

namespace TravelHub.Lab.Tests.InProcess;

/// <summary>The README's worked example: a scenario in this process, as a researcher writes one.</summary>
public sealed class InProcessScenarioTests(PostgresFixture postgres) : IClassFixture<PostgresFixture>
{
    [Fact(Timeout = 120_000)]
    public async Task Run_ASiloDiesWhileCustomersBook_AllChecksHold()
    {
        var scenario = new InProcessScenario
        {
            Silos = 2,
            Load = new LabLoad(Seed: 7, Clients: 4) { Mix = LabMix.Corners, HoldLifetime = TimeSpan.FromSeconds(2) },
            Duration = TimeSpan.FromSeconds(3),
            Settings = [("Inventory:EventsPerSnapshot", "10")],
            Faults = async (place, cancellationToken) =>
            {
                await place.Wait(1, cancellationToken);
                await place.KillSilo();
            },
        };

        var outcome = await scenario.Run(postgres, TimeProvider.System, TestContext.Current.CancellationToken);

        Assert.NotEqual(0, outcome.Succeeded);
        Assert.All(outcome.Checks, check => Assert.True(check.Holds, $"{check.Name}: {string.Join("; ", check.Offenders)}"));
    }
}
