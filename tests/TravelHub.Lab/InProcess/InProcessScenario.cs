using System.Globalization;
using TravelHub.Client.Replay.Audit;
using TravelHub.Grains.Abstractions.Catalog;
using TravelHub.Lab.Checks;
using TravelHub.Lab.Instances;
using TravelHub.Lab.Logs;
using TravelHub.Lab.Workload;
using TravelHub.Testing;

namespace TravelHub.Lab.InProcess;

/// <summary>
/// A scenario with silos in this process: customers, what is done to the silos meanwhile, and what has to hold afterwards. It takes seconds, and proves
/// nothing about how long the death of a silo takes to be known: here it is known at once.
/// </summary>
internal sealed class InProcessScenario
{
    private const int MostDurations = 8;

    /// <summary>Silos, 2 or more where one of them is to die.</summary>
    public int Silos { get; init; } = 2;

    public LabLoad Load { get; init; } = new(Seed: 1, Clients: 8) { Mix = LabMix.Corners, HoldLifetime = TimeSpan.FromSeconds(4) };

    /// <summary>How long the load lasts, at least; it ends when the faults are done and <see cref="LeastAnswers"/> were given.</summary>
    public TimeSpan Duration { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>What customers are to be told before the load ends, so that a slow machine shows as much as a fast one; it ends at eight times <see cref="Duration"/> all the same.</summary>
    public int LeastAnswers { get; init; }

    /// <summary>Options of the silos in place of the defaults, such as <c>Inventory:EventsPerSnapshot</c>.</summary>
    public IReadOnlyList<(string Name, string Value)> Settings { get; init; } = [];

    /// <summary>What is done while customers come.</summary>
    public Func<InProcessPlace, CancellationToken, Task> Faults { get; init; } = (_, _) => Task.CompletedTask;

    /// <summary>What has to hold beside the lab's own checks.</summary>
    public Func<InProcessPlace, CancellationToken, Task<IReadOnlyList<CheckResult>>> Checks { get; init; } = (_, _) => Task.FromResult<IReadOnlyList<CheckResult>>([]);

    /// <summary>Whether the faults let replicas lie: then one that is accused is no finding.</summary>
    public bool HasLiars { get; init; }

    /// <summary>A bug to run with; null for none.</summary>
    public string? Plant { get; init; }

    /// <summary>How long after the load work may be pending, and the last answers be missing.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(25);

    /// <param name="postgres">A server on which the scenario makes a database of its own.</param>
    public async Task<LabOutcome> Run(PostgresFixture postgres, TimeProvider time, CancellationToken cancellationToken)
    {
        using var folder = new TemporaryFolder();
        await using var provider = new PaymentSandboxFixture();
        await provider.InitializeAsync();
        var connectionString = await postgres.NewTravelHubDatabase($"scenario_{Guid.NewGuid():N}", cancellationToken);
        await using var cluster = await GrainCluster.Start(connectionString, provider, Silos, [.. OwnSettings(), .. Settings]);
        await PutCatalogue(cluster.Grains);
        using var history = new History(folder.In("history.jsonl"), time, LeastAnswers);
        var place = new InProcessPlace(cluster, provider, history, time);
        var gateway = new GrainGateway(cluster.Grains, time);
        await using var onlookers = new Onlookers(cluster.Database, Plant, time, cancellationToken);
        var start = time.GetTimestamp();
        await Customers.Run(
            Load, gateway, history, () => Task.WhenAll(Faults(place, cancellationToken), Task.Delay(Duration, time, cancellationToken), Enough()), Patience, time, cancellationToken);
        var loadSeconds = time.GetElapsedTime(start).TotalSeconds;

        var judge = new Judge(cluster.Database, gateway, new ProviderStore(provider.Store), onlookers.Wake, HasLiars ? null : [], time) { BooksPatience = Patience };
        var ended = time.GetTimestamp();
        var settled = await judge.WaitForRest(Patience, cancellationToken) ? time.GetElapsedTime(ended).TotalSeconds : (double?)null;
        await onlookers.End(Patience);
        var checks = await judge.Check(history, onlookers.Seen, cancellationToken);
        return LabOutcome.Of(history, loadSeconds, settled, [.. checks, .. await Checks(place, cancellationToken)]);

        async Task Enough() => await history.IsEnough.WaitAsync(Duration * MostDurations, time, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    // Short periods: what is made up for by a reminder should be made up for within the run.
    private IEnumerable<(string Name, string Value)> OwnSettings()
    {
        yield return ("Reservations:HoldLifetime", Load.HoldLifetime.ToString("c", CultureInfo.InvariantCulture));
        yield return ("Reservations:AnswerWithin", (Load.HoldLifetime / 2).ToString("c", CultureInfo.InvariantCulture));
        yield return ("Reservations:RecoveryPeriod", "00:00:02");
        yield return ("Reservations:ResumeAfter", "00:00:02");
        yield return ("Inventory:ResyncPeriod", "00:00:02");
        yield return ("Payments:LedgerPeriod", "00:00:01");
        yield return ("Payments:ProviderTimeout", "00:00:02.500");
        yield return ("Payments:ProbePeriod", "00:00:02");
        yield return ("Faults:Enabled", "true");
        if (Plant is not null)
            yield return ("Faults:Plant", Plant);
    }

    private static async Task PutCatalogue(IGrainFactory grains)
    {
        foreach (var (id, property) in LabCatalogue.Entries())
        {
            var definition = new PropertyDefinition(
                property.Name, property.Destination, property.TimeZone, property.Currency, property.BookableDaysAhead, property.TaxBasisPoints,
                new CancellationPolicy(property.Policy.FreeUntilDaysBefore, property.Policy.LateRefundPercent),
                [.. property.RoomTypes.Select(room => new RoomType(room.Code, room.Name, room.Sleeps, room.Rooms, room.NightlyMinor, []))], []);
            if (await grains.GetGrain<IPropertyGrain>(id).Put(definition, version: 0) is { } refused)
                throw new InvalidOperationException($"The lab's catalogue was refused: {refused.Detail}");
        }
    }
}
