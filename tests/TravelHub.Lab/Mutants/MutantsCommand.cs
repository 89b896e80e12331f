using System.CommandLine;
using System.Globalization;
using System.Security.Cryptography;
using TravelHub.Client.Http;
using TravelHub.Testing;

namespace TravelHub.Lab.Mutants;

/// <summary><c>mutants</c>: whether the checks find what they are there to find.</summary>
internal static class MutantsCommand
{
    public const string HowToBuild = "Build it with: dotnet build -c Release -p:Mutants=true tests/TravelHub.Lab";

    private static bool IsBuiltWithThem =>
#if MUTANTS
        true;
#else
        false;
#endif

    public static Command Create(TimeProvider time)
    {
        var only = new Option<string[]>("--only") { Description = "Names of bugs to plant; otherwise all of them, and none for comparison.", HelpName = "NAME", AllowMultipleArgumentsPerToken = true };
        var seconds = new Option<double?>("--seconds") { Description = "How long the load of each lasts, 1 to 3,600; otherwise as long as its bug needs." };
        var seed = new Option<int?>("--seed") { Description = "Gives the same customers again; drawn and printed when it is not given." };
        var command = new Command(
            "mutants",
            $"""
            Plant one bug after the other, let customers come, and see whether the checks find it; and that they find nothing where there is no bug.
            Nothing is built: this needs a build with the bugs in it, which no other build has. {HowToBuild}
            Exit code 0: all were caught, and nothing was found without a bug. 1: otherwise. 2: the input is unusable.
            """)
        {
            only, seconds, seed,
        };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            if (!IsBuiltWithThem)
                throw new InputException($"This build has no bugs in it. {HowToBuild}");
            var trials = Chosen(parsed.GetValue(only) ?? []);
            var length = parsed.GetValue(seconds) is { } given ? LabOptions.InRange("--seconds", given, 1, 3_600) : (double?)null;
            return await Run(trials, parsed.GetValue(seed) ?? RandomNumberGenerator.GetInt32(int.MaxValue), length, parsed.InvocationConfiguration.Output, time, cancellationToken);
        });
        return command;
    }

    private static IReadOnlyList<MutantTrial> Chosen(string[] names)
    {
        var unknown = names.Except(MutantTrials.All.Select(trial => trial.Name)).ToList();
        if (unknown.Count > 0)
            throw new InputException($"--only {unknown[0]} is not one of: {string.Join(", ", MutantTrials.All.Select(trial => trial.Name))}.");
        return names.Length == 0 ? MutantTrials.All : [.. MutantTrials.All.Where(trial => names.Contains(trial.Name))];
    }

    private static async Task<int> Run(
        IReadOnlyList<MutantTrial> trials, int seed, double? seconds, TextWriter output, TimeProvider time, CancellationToken cancellationToken)
    {
        await using var postgres = new PostgresFixture();
        await postgres.InitializeAsync();
        var run = new MutantsRun(postgres, seed, seconds, _ => { }, time);
        output.WriteLine($"seed {seed}");
        Row("bug", "seconds", "served", "found by");
        var stages = trials.Select(trial => trial.Stage).ToHashSet();
        var clean = true;
        foreach (var trial in MutantTrials.Unmutated.Where(trial => stages.Contains(trial.Stage)))
        {
            var result = await run.Run(trial, isMutated: false, cancellationToken);
            clean &= !result.IsCaught && result.Succeeded > 0;
            Show(result, $"{trial.Name} {trial.What}", result.IsCaught ? $"NOT CLEAN: {result.By}" : "nothing is found");
        }

        var caught = 0;
        foreach (var trial in trials)
        {
            var result = await run.Run(trial, isMutated: true, cancellationToken);
            caught += result is { IsCaught: true, Succeeded: > 0 } ? 1 : 0;
            Show(result, trial.Name, result.IsCaught ? result.By : "NOT CAUGHT");
        }

        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"caught {caught} of {trials.Count} ({100.0 * caught / trials.Count:0.#} %){(clean ? "" : "; without a bug something was found too")}"));
        return clean && caught == trials.Count ? 0 : Verdict.Failed;

        void Show(MutantResult result, string name, string found)
        {
            Row(name, result.Seconds.ToString("0.0", CultureInfo.InvariantCulture), result.Succeeded.ToString(CultureInfo.InvariantCulture), result.Succeeded == 0 ? $"{found}; nobody was served" : found);
            if (result.IsCaught)
                output.WriteLine($"{"",-52}{result.Example}");
        }

        void Row(string name, string took, string served, string found) => output.WriteLine($"{name,-34}{took,8}{served,8}  {found}");
    }
}
