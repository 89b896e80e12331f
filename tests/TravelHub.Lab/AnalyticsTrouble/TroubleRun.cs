using System.Collections.Concurrent;
using System.Globalization;
using TravelHub.Client;
using TravelHub.Client.Analytics;
using TravelHub.Client.Catalogue;
using TravelHub.Client.Http;
using TravelHub.Lab.Instances;
using TravelHub.Lab.Workload;

namespace TravelHub.Lab.AnalyticsTrouble;

/// <summary>Books rooms without end in a closed loop, in pairs of stretches with and without trouble; which comes first alternates.</summary>
internal sealed class TroubleRun(LabSite site, LabLoad load, TroubleKind kind, int pairs, TimeSpan stretch, Action<string> say, TimeProvider time)
{
    private static readonly TimeSpan AttemptTimeout = TimeSpan.FromSeconds(8);
    private static readonly TimeSpan CatchUpPatience = TimeSpan.FromSeconds(90);
    private static readonly TimeSpan Settling = TimeSpan.FromSeconds(2);

    private int _keys;

    public async Task<TroubleReport> Run(CancellationToken cancellationToken)
    {
        await using var instance = await LabInstance.Start(site, say, time, cancellationToken);
        using (var client = new TravelHubClient(instance.Url, instance.OperatorKey, new ClientOptions(), time, new Random(load.Seed)))
            await new CatalogueImport(client).Put(LabCatalogue.Entries(), _ => { }, cancellationToken);
        using var gateway = new Gateway(instance.Url, instance.ClientKey, time);
        var target = new Target(instance.Url, instance.ClientKey, instance.OperatorKey, instance.ConnectionString, instance.ProviderStore);
        using var figures = new FiguresClient(target);
        await CatchUp(figures, cancellationToken);   // its database is there
        await Book(gateway, cancellationToken);      // and all is warm
        var troubles = new AnalyticsTroubles(instance);
        var measured = new List<TroublePair>();
        for (var i = 0; i < pairs; i++)
        {
            var calm = i % 2 == 0 ? await Book(gateway, cancellationToken) : default;
            var trouble = await Troubled(troubles, gateway, cancellationToken);
            if (i % 2 != 0)
                calm = await Book(gateway, cancellationToken);
            measured.Add(new TroublePair(calm.P99Ms, trouble.P99Ms, calm.Bookings + trouble.Bookings, calm.Failures + trouble.Failures));
            say(string.Create(CultureInfo.InvariantCulture, $"pair {i + 1}: p99 {calm.P99Ms:0.0} ms calm, {trouble.P99Ms:0.0} ms {kind}, ratio {measured[^1].Ratio:0.00}"));
        }

        return TroubleReport.Of(kind, measured, new Random(load.Seed), await CatchUp(figures, cancellationToken));
    }

    private async Task<(double P99Ms, int Bookings, int Failures)> Troubled(AnalyticsTroubles troubles, Gateway gateway, CancellationToken cancellationToken)
    {
        await using var trouble = await troubles.Begin(kind);
        await Task.Delay(Settling, time, cancellationToken);
        return await Book(gateway, cancellationToken);
    }

    private async Task<(double P99Ms, int Bookings, int Failures)> Book(Gateway gateway, CancellationToken cancellationToken)
    {
        var milliseconds = new ConcurrentBag<double>();
        var failures = 0;
        var began = time.GetTimestamp();
        await Task.WhenAll(Enumerable.Range(0, load.Clients).Select(async number =>
        {
            while (time.GetElapsedTime(began) < stretch)
            {
                var room = LabCatalogue.Probe[number % LabCatalogue.Probe.Count];
                var key = string.Create(CultureInfo.InvariantCulture, $"trouble-{load.Seed}-{Interlocked.Increment(ref _keys)}");
                var asked = time.GetTimestamp();
                var reply = await gateway.Ask(LabRequest.ForBooking(key, [new LabStay(room, LabCatalogue.FirstNight, 1)], "tok_ok"), AttemptTimeout, cancellationToken);
                milliseconds.Add(time.GetElapsedTime(asked).TotalMilliseconds);
                if (reply is not { IsSuccess: true })
                    Interlocked.Increment(ref failures);
            }
        }));
        var sorted = milliseconds.Order().ToArray();
        return (sorted[(int)(sorted.Length * 0.99)], sorted.Length, failures);
    }

    /// <returns>How long it took until the figures were as of the call; null when patience was over.</returns>
    private async Task<double?> CatchUp(FiguresClient figures, CancellationToken cancellationToken)
    {
        var (start, began) = (time.GetTimestamp(), time.GetUtcNow());
        while (time.GetElapsedTime(start) < CatchUpPatience)
        {
            try
            {
                if ((await figures.Nights(LabCatalogue.FirstNight, LabCatalogue.FirstNight.AddDays(1), "total", cancellationToken)).Progress.AsOf >= began)
                    return time.GetElapsedTime(start).TotalSeconds;
            }
            catch (CommandFailure)
            {
                // Not there yet.
            }

            await Task.Delay(TimeSpan.FromMilliseconds(250), time, cancellationToken);
        }

        return null;
    }
}
