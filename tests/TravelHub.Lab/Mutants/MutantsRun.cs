using TravelHub.Client;
using TravelHub.Client.Replay.Audit;
using TravelHub.Client.Up;
using TravelHub.Grains.Abstractions.Faults;
using TravelHub.Lab.Experiments;
using TravelHub.Lab.Faults;
using TravelHub.Lab.InProcess;
using TravelHub.Lab.Instances;
using TravelHub.Lab.Workload;
using TravelHub.Testing;

namespace TravelHub.Lab.Mutants;

/// <summary>Runs one trial after the other, each on a log of its own.</summary>
/// <param name="seconds">How long each load lasts; null for as long as its bug needs.</param>
internal sealed class MutantsRun(PostgresFixture postgres, int seed, double? seconds, Action<string> say, TimeProvider time)
{
    private const string Liar = "0/2";

    private const int LeastAnswers = 300;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(18);

    public async Task<MutantResult> Run(MutantTrial trial, bool isMutated, CancellationToken cancellationToken)
    {
        var plant = isMutated ? trial.Name : null;
        var duration = TimeSpan.FromSeconds(seconds ?? trial.Seconds);
        var start = time.GetTimestamp();
        var outcome = trial.Stage == MutantStage.Instance
            ? await InAnInstance(trial, plant, duration, cancellationToken)
            : await InProcess(trial, plant, duration, cancellationToken);
        IReadOnlyList<CheckResult> broken = [.. outcome.Checks.Where(check => check.Holds != true).OrderByDescending(check => check.Broken)];
        return new MutantResult(trial, time.GetElapsedTime(start).TotalSeconds, outcome.Succeeded, broken);
    }

    private Task<LabOutcome> InProcess(MutantTrial trial, string? plant, TimeSpan duration, CancellationToken cancellationToken) => new InProcessScenario
    {
        Silos = trial.Stage == MutantStage.SilosDie ? 3 : 2,
        Load = new LabLoad(seed, trial.Clients) { Mix = LabMix.Corners, HoldLifetime = TimeSpan.FromSeconds(4) },
        Duration = duration,
        LeastAnswers = LeastAnswers,
        Plant = plant,
        Patience = Patience,
        HasLiars = trial.Stage == MutantStage.AReplicaLies,
        Settings = trial.Stage == MutantStage.SilosDie ? [("Inventory:EventsPerSnapshot", "10")] : [],
        Faults = trial.Stage switch
        {
            MutantStage.SilosDie => SilosDie,
            MutantStage.AReplicaLies => (place, _) => place.Lie(Liar, ReplicaFaultKind.OffByOne, parameter: 1),
            _ => (_, _) => Task.CompletedTask,
        },
        Checks = trial.Stage == MutantStage.AReplicaLies ? LiarsCheck : (_, _) => Task.FromResult<IReadOnlyList<CheckResult>>([]),
    }.Run(postgres, time, cancellationToken);

    private static async Task SilosDie(InProcessPlace place, CancellationToken cancellationToken)
    {
        for (var deaths = 0; deaths < 3; deaths++)
        {
            await place.Wait(2, cancellationToken);
            await place.KillSilo();
        }
    }

    private static async Task<IReadOnlyList<CheckResult>> LiarsCheck(InProcessPlace place, CancellationToken cancellationToken) =>
        [await Checks.AccusedCheck.OfLiars(place.Database, [Liar], cancellationToken)];

    private async Task<LabOutcome> InAnInstance(MutantTrial trial, string? plant, TimeSpan duration, CancellationToken cancellationToken)
    {
        using var folder = new TemporaryFolder();
        await using var proxy = trial.Faults.Any(fault => fault.Kind == ScenarioFaultKind.PostgresSlow) ? new TcpProxy(time) : null;
        var site = new LabSite(folder.In("data"), plant)
        {
            TakesFaults = true,
            DatabaseProxy = proxy,
            Program = Program,
            Extra = new Dictionary<string, string>
            {
                ["Payments__LedgerPeriod"] = "00:00:01",
                ["Payments__ProviderTimeout"] = "00:00:02.500",
                ["Reservations__RecoveryPeriod"] = "00:00:02",
                ["Inventory__ResyncPeriod"] = "00:00:02",
            },
        };
        var run = new LabRun(site, new LabLoad(seed, trial.Clients) { Mix = LabMix.Corners }, say, time) { RestPatience = Patience * 2, AnswerPatience = Patience };
        return await run.Run((instance, _, _) => new FaultTrack(instance, site, trial.Faults, say, time).Play(duration, cancellationToken), cancellationToken);
    }

    // Beside those of a release, which have no bugs to plant.
    private static string Program(string project)
    {
        var program = Path.Combine(RepositoryRoot.Find(), project, "bin", "Mutants", "net10.0", $"{Path.GetFileName(project)}.dll");
        return File.Exists(program) ? program : throw new CommandFailure($"{program} is not there. {MutantsCommand.HowToBuild}");
    }
}
