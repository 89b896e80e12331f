using System.Globalization;
using TravelHub.Grains.Faults;
using TravelHub.Lab.Instances;

namespace TravelHub.Lab.VoteCost;

/// <summary>
/// Two instances, alike but that one believes a single replica, are loaded by turns, which of a pair comes first being left to chance. While one is
/// measured the other is idle.
/// </summary>
internal sealed class VoteCostRun(LabSite site, LabLoad load, int pairs, TimeSpan turn, double rate, Action<string> say, TimeProvider time)
{
    public async Task<VoteCostReport> Run(CancellationToken cancellationToken)
    {
        // Both take faults, so that what only that costs is in both.
        await using var fiveInstance = await Start("five", without: null, cancellationToken);
        await using var oneInstance = await Start("one", Controls.Vote, cancellationToken);
        using var five = new VoteCostArm(fiveInstance, "five", time);
        using var one = new VoteCostArm(oneInstance, "one", time);
        var random = new Random(load.Seed);
        foreach (var arm in (VoteCostArm[])[five, one])
        {
            await arm.PutCatalogue(load.Seed, cancellationToken);
            say("Warming up");
            await Measure(arm, random.Next(), isWarmUp: true, cancellationToken);
        }

        for (var pair = 1; pair <= pairs; pair++)
        {
            var seed = random.Next();   // the same requests for both
            VoteCostArm[] order = random.Next(2) == 0 ? [five, one] : [one, five];
            foreach (var arm in order)
                await Measure(arm, seed, isWarmUp: false, cancellationToken);
            say(string.Create(CultureInfo.InvariantCulture, $"pair {pair}: five {five.Rates[^1]:0} a second, one {one.Rates[^1]:0}"));
        }

        return new VoteCostReport(
            load.Seed, pairs, turn.TotalSeconds, rate, load.Clients, five.Figures, one.Figures,
            [.. five.Rates.Zip(one.Rates, (with, without) => with / without)], five.NotConfirmed + one.NotConfirmed);
    }

    private Task<LabInstance> Start(string name, string? without, CancellationToken cancellationToken) => LabInstance.Start(
        site with { DataFolder = Path.Combine(site.DataFolder, name), HasLiars = true, Without = without }, text => say($"{name}: {text}"), time, cancellationToken);

    private async Task Measure(VoteCostArm arm, int seed, bool isWarmUp, CancellationToken cancellationToken)
    {
        await arm.MeasureThroughput(seed, load.Clients, turn, isWarmUp, cancellationToken);
        await arm.MeasureLatency(seed, rate, turn, isWarmUp, cancellationToken);
    }
}
