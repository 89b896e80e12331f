using System.CommandLine;

namespace TravelHub.Lab.Simulation;

/// <summary><c>simulate</c>: very many small worlds on virtual time.</summary>
internal static class SimulateCommand
{
    private const int ShownFailures = 10;

    public static Command Create(TimeProvider time)
    {
        var seeds = new Option<int>("--seeds") { Description = "How many worlds, 1 to 100,000,000.", DefaultValueFactory = _ => 100_000 };
        var first = new Option<int>("--first") { Description = "The first seed; the others follow it.", DefaultValueFactory = _ => 1 };
        var bug = new Option<SimulationBug>("--bug") { Description = $"A mistake made on purpose: {string.Join(", ", Enum.GetNames<SimulationBug>())}.", DefaultValueFactory = _ => SimulationBug.None };
        var command = new Command(
            "simulate",
            """
            Play the pure machines of reservations and inventory in small simulated clusters, one a seed, in which messages are lost, charges arrive
            late, silos die or sleep, and appends leave their outcome open; then let each come to rest and check it. Exit code 0: no seed breaks a
            promise. 1: one does; it is printed, and --first SEED --seeds 1 plays it again.
            """)
        {
            seeds, first, bug,
        };
        command.SetAction((parsed, _) =>
        {
            var (count, from) = (LabOptions.InRange("--seeds", parsed.GetValue(seeds), 1, 100_000_000), parsed.GetValue(first));
            var start = time.GetTimestamp();
            var failures = Run(from, count, parsed.GetValue(bug));
            var output = parsed.InvocationConfiguration.Output;
            foreach (var (seed, why) in failures.Take(ShownFailures))
                output.WriteLine($"seed {seed}: {why}");
            output.WriteLine(FormattableString.Invariant($"{count} worlds in {time.GetElapsedTime(start).TotalSeconds:0.0} s, {failures.Count} break a promise"));
            return Task.FromResult(failures.Count == 0 ? 0 : Verdict.Failed);
        });
        return command;
    }

    /// <returns>The seeds that break a promise, in order, and which.</returns>
    public static IReadOnlyList<(int Seed, string Why)> Run(int first, int count, SimulationBug bug) =>
        [.. Enumerable.Range(first, count).AsParallel().AsOrdered().Select(seed => (Seed: seed, Why: Play(seed, bug))).Where(one => one.Why is not null).Select(one => (one.Seed, one.Why!))];

    private static string? Play(int seed, SimulationBug bug)
    {
        try
        {
            new World(seed, bug).Run();
            return null;
        }
        catch (SimulationFailure e)
        {
            return e.Message;
        }
        catch (Exception e) when (e is InvalidOperationException or ArgumentException)
        {
            return $"an invariant of the machines is broken: {e.Message}";
        }
    }
}
