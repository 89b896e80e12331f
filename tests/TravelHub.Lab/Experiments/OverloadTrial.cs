using TravelHub.Lab.Instances;
using TravelHub.Load.Running;
using TravelHub.Load.Schedule;
using TravelHub.Load.Sending;

namespace TravelHub.Lab.Experiments;

/// <summary>A trial that first measures what can be carried, then asks for ten times as much, and then for half of it.</summary>
internal sealed class OverloadTrial(Scenario scenario, LabSite site, Action<string> say, TimeProvider time)
{
    private const int RoomTypes = 100;
    private const int Times = 10;

    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan AnswerPatience = TimeSpan.FromSeconds(10);

    public async Task<(Dictionary<string, double> Values, IReadOnlyList<TrialSecond> Timeline)> Run(int seed, TimeSpan duration, CancellationToken cancellationToken)
    {
        await using var instance = await LabInstance.Start(site, say, time, cancellationToken);
        await ArrivalsTrial.PutCatalogue(instance, seed, RoomTypes, time, cancellationToken);
        using var sender = new GatewaySender(instance.Url, instance.ClientKey);
        var loop = new ClosedLoop(sender, time);
        await loop.Run(Options("warm", WarmUp), scenario.Load.Clients, cancellationToken);
        var peak = (await loop.Run(Options("peak", duration / 2), scenario.Load.Clients, cancellationToken)).PerSecond;
        say(FormattableString.Invariant($"{peak:0} bookings a second can be carried; now {peak * Times:0}"));
        var overload = await Arrivals("overload", peak * Times, duration);
        say("and now half of it");
        var after = await Arrivals("after", peak / 2, duration / 2);

        var values = new Dictionary<string, double>
        {
            [Metrics.PeakPerSecond] = peak,
            [Metrics.Requests] = overload.Count,
            [Metrics.Succeeded] = overload.Count(IsConfirmed),
            [Metrics.SentTimes] = overload.Count(record => record.Sent <= duration) / duration.TotalSeconds / peak,
            [Metrics.ServerErrorShare] = (double)overload.Concat(after).Count(record => record.Fate is RequestFate.Answered { Status: >= 500 }) / (overload.Count + after.Count),
            [Metrics.UnansweredShare] = (double)overload.Count(record => record.Fate is not RequestFate.Answered) / overload.Count,
            // Those that were answered while it lasted: what comes too late is no good.
            [Metrics.GoodputShare] = overload.Count(record => IsConfirmed(record) && record.Completed <= duration) / duration.TotalSeconds / peak,
            [Metrics.RecoveredShare] = (double)after.Count(IsConfirmed) / after.Count,
        };
        return (values, ArrivalsTrial.Seconds(overload, from: TimeSpan.Zero));

        async Task<IReadOnlyList<RequestRecord>> Arrivals(string name, double rate, TimeSpan length)
        {
            using var run = LoadRun.Start(
                Options(name, length) with { RatePerSecond = rate, MaxInFlight = 20_000, Timeout = AnswerPatience }, sender, time, onOver: null, cancellationToken);
            await run.Completion;
            cancellationToken.ThrowIfCancellationRequested();
            return run.History;
        }

        LoadOptions Options(string name, TimeSpan length) => new()
        {
            Run = $"{name}-{seed}", Seed = seed, RatePerSecond = 10_000, Duration = length, WarmUp = TimeSpan.Zero, RoomTypes = RoomTypes,
        };
    }

    private static bool IsConfirmed(RequestRecord record) => record.Fate is RequestFate.Answered { Status: 201 };
}
