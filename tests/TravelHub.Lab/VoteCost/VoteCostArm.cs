using TravelHub.Client.Catalogue;
using TravelHub.Client.Http;
using TravelHub.Lab.Instances;
using TravelHub.Load.Running;
using TravelHub.Load.Schedule;
using TravelHub.Load.Sending;

namespace TravelHub.Lab.VoteCost;

/// <summary>One of the two instances, and what it was measured at.</summary>
internal sealed class VoteCostArm(LabInstance instance, string name, TimeProvider time) : IDisposable
{
    private const int RoomTypes = 1_000;

    private readonly GatewaySender _sender = new(instance.Url, instance.ClientKey);
    private readonly List<double> _latencies = [];
    private readonly List<double> _rates = [];
    private int _turns;

    /// <summary>Bookings that were not confirmed.</summary>
    public long NotConfirmed { get; private set; }

    /// <summary>Bookings a second of each turn of throughput.</summary>
    public IReadOnlyList<double> Rates => _rates;

    public ArmFigures Figures => new(Quantile(_latencies, 0.5), Quantile(_latencies, 0.99), Quantile(_rates, 0.5), _latencies.Count);

    public async Task PutCatalogue(int seed, CancellationToken cancellationToken)
    {
        using var client = new TravelHubClient(instance.Url, instance.OperatorKey, new ClientOptions(), time, new Random(seed));
        if (await new CatalogueImport(client).Put(BenchCatalogue.Create(RoomTypes), _ => { }, cancellationToken) is [var refused, ..])
            throw new InvalidOperationException($"The bench catalogue was refused: {refused}");
    }

    /// <summary>Books at a rate, and keeps the latencies; those of a warm-up are thrown away.</summary>
    public async Task MeasureLatency(int seed, double rate, TimeSpan duration, bool isWarmUp, CancellationToken cancellationToken)
    {
        using var run = LoadRun.Start(Options(seed, rate, duration), _sender, time, onOver: null, cancellationToken);
        await run.Completion;
        cancellationToken.ThrowIfCancellationRequested();
        if (isWarmUp)
            return;
        _latencies.AddRange(run.History.Select(record => record.Latency.TotalMilliseconds));
        NotConfirmed += run.History.Count(record => record.Fate is not RequestFate.Answered { Status: 201 });
    }

    /// <summary>Books in a closed loop, and keeps the rate.</summary>
    public async Task MeasureThroughput(int seed, int clients, TimeSpan duration, bool isWarmUp, CancellationToken cancellationToken)
    {
        var report = await new ClosedLoop(_sender, time).Run(Options(seed, rate: 10_000, duration), clients, cancellationToken);
        if (isWarmUp)
            return;
        _rates.Add(report.PerSecond);
        NotConfirmed += report.Other;
    }

    public void Dispose() => _sender.Dispose();

    // The nearest rank.
    private static double Quantile(List<double> values, double share) =>
        values.Count == 0 ? double.NaN : values.Order().ElementAt((int)Math.Ceiling(share * values.Count) - 1);

    private LoadOptions Options(int seed, double rate, TimeSpan duration) => new()
    {
        Run = $"{name}-{seed}-{_turns++}", Seed = seed, RatePerSecond = rate, Duration = duration, WarmUp = TimeSpan.Zero, RoomTypes = RoomTypes,
    };
}
