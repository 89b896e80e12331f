using System.Globalization;
using TravelHub.Client;
using TravelHub.Client.Analytics;
using TravelHub.Client.Http;
using TravelHub.Lab.Experiments;
using TravelHub.Lab.Instances;
using TravelHub.Load.Running;
using TravelHub.Load.Schedule;
using TravelHub.Load.Sending;

namespace TravelHub.Lab.AnalyticsTrouble;

/// <summary>
/// Books rooms at a rate of its own, in pairs of stretches with and without trouble; which comes first alternates. Customers come whether or not those
/// before them were answered, so that bookings which stand still are seen, and they are there before the trouble is.
/// </summary>
internal sealed class TroubleRun(LabSite site, int seed, double ratePerSecond, TroubleKind kind, int pairs, TimeSpan stretch, Action<string> say, TimeProvider time)
{
    private const int RoomTypes = 100;

    private static readonly TimeSpan AnswerPatience = TimeSpan.FromSeconds(8);
    private static readonly TimeSpan CatchUpPatience = TimeSpan.FromSeconds(90);
    private static readonly TimeSpan Settling = TimeSpan.FromSeconds(2);

    private int _stretches;
    private int _missed;

    public async Task<TroubleReport> Run(CancellationToken cancellationToken)
    {
        await using var instance = await LabInstance.Start(site, say, time, cancellationToken);
        await ArrivalsTrial.PutCatalogue(instance, seed, RoomTypes, time, cancellationToken);
        using var sender = new GatewaySender(instance.Url, instance.ClientKey);
        using var figures = new FiguresClient(new Target(instance.Url, instance.ClientKey, instance.OperatorKey, instance.ConnectionString, instance.ProviderStore));
        await CatchUp(figures, cancellationToken);   // its database is there
        await Book(sender, 2 * stretch, figures, trouble: null, cancellationToken);   // and all is warm
        await CatchUp(figures, cancellationToken);
        var troubles = new AnalyticsTroubles(instance, time);
        // The first trouble is not measured: what it compiles is compiled once in a silo's life.
        var first = await Book(sender, stretch, figures, () => troubles.Begin(kind), cancellationToken);
        say(string.Create(CultureInfo.InvariantCulture, $"the first, not counted: p99 {first.P99Ms:0.0} ms {kind}"));
        await CatchUp(figures, cancellationToken);
        var measured = new List<TroublePair>();
        double? slowest = 0;
        for (var i = 0; i < pairs; i++)
        {
            var calm = i % 2 == 0 ? await Book(sender, stretch, figures, trouble: null, cancellationToken) : null;
            var troubled = await Book(sender, stretch, figures, () => troubles.Begin(kind), cancellationToken);
            // Calm is calm again when analytics has nothing to make up for.
            slowest = await CatchUp(figures, cancellationToken) is { } caughtUp && slowest is { } before ? Math.Max(before, caughtUp) : null;
            calm ??= await Book(sender, stretch, figures, trouble: null, cancellationToken);
            measured.Add(new TroublePair(calm, troubled));
            say(string.Create(CultureInfo.InvariantCulture, $"pair {i + 1}: p99 {calm.P99Ms:0.0} ms calm, {troubled.P99Ms:0.0} ms {kind}, ratio {measured[^1].Ratio:0.00}"));
        }

        if (kind == TroubleKind.Flooding && troubles.Answered == 0)
            _missed++;
        return TroubleReport.Of(kind, measured, slowest, _missed, troubles.Asked, troubles.Answered);
    }

    private async Task<Stretch> Book(
        GatewaySender sender, TimeSpan length, FiguresClient figures, Func<Task<IAsyncDisposable>>? trouble, CancellationToken cancellationToken)
    {
        var options = new LoadOptions
        {
            Run = string.Create(CultureInfo.InvariantCulture, $"trouble-{seed}-{++_stretches}"), Seed = unchecked(seed + _stretches), RatePerSecond = ratePerSecond,
            WarmUp = Settling, Duration = length, RoomTypes = RoomTypes, Timeout = AnswerPatience,
        };
        using var run = LoadRun.Start(options, sender, time, onOver: null, cancellationToken);
        await Task.Delay(Settling, time, cancellationToken);
        await using (trouble is null ? null : await trouble())
        {
            var middle = time.GetUtcNow() + (length / 2);
            await run.Completion;
            if (trouble is not null && kind != TroubleKind.Flooding && await AsOf(figures, cancellationToken) > middle)
                _missed++;
        }

        cancellationToken.ThrowIfCancellationRequested();
        return Stretch.Of([.. run.History.Where(record => !record.Planned.IsWarmUp)], Settling, Settling + length);
    }

    /// <returns>How long it took until the figures were as of the call; null when patience was over.</returns>
    private async Task<double?> CatchUp(FiguresClient figures, CancellationToken cancellationToken)
    {
        var (start, began) = (time.GetTimestamp(), time.GetUtcNow());
        while (time.GetElapsedTime(start) < CatchUpPatience)
        {
            if (await AsOf(figures, cancellationToken) >= began)
                return time.GetElapsedTime(start).TotalSeconds;
            await Task.Delay(TimeSpan.FromMilliseconds(250), time, cancellationToken);
        }

        return null;
    }

    /// <returns>Null when there are none to be had.</returns>
    private static async Task<DateTimeOffset?> AsOf(FiguresClient figures, CancellationToken cancellationToken)
    {
        try
        {
            return (await figures.Nights(LabCatalogue.FirstNight, LabCatalogue.FirstNight.AddDays(1), "total", cancellationToken)).Progress.AsOf;
        }
        catch (CommandFailure)
        {
            return null;
        }
    }
}
