using Npgsql;
using TravelHub.Client.Catalogue;
using TravelHub.Client.Http;
using TravelHub.Lab.Instances;
using TravelHub.Load.Running;
using TravelHub.Load.Schedule;
using TravelHub.Load.Sending;

namespace TravelHub.Lab.Experiments;

/// <summary>A trial with clients who come at a rate of their own, whether or not those before them were answered.</summary>
internal sealed class ArrivalsTrial(Scenario scenario, LabSite site, Action<string> say, TimeProvider time)
{
    /// <summary>So few that most searches were answered before.</summary>
    private const int RoomTypes = 4;

    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan AnswerPatience = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan EndPatience = TimeSpan.FromSeconds(45);
    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(500);

    public async Task<(Dictionary<string, double> Values, IReadOnlyList<TrialSecond> Timeline)> Run(
        int seed, IReadOnlyList<ScenarioFault> faults, TimeSpan duration, CancellationToken cancellationToken)
    {
        await using var instance = await LabInstance.Start(site, say, time, cancellationToken);
        await PutCatalogue(instance, seed, RoomTypes, time, cancellationToken);
        using var sender = new GatewaySender(instance.Url, instance.ClientKey);
        var options = new LoadOptions
        {
            Run = $"arrivals-{seed}", Seed = seed, RatePerSecond = scenario.Load.RatePerSecond, SearchShare = scenario.Load.SearchShare,
            WarmUp = WarmUp, Duration = duration, RoomTypes = RoomTypes, Timeout = AnswerPatience,
        };
        var track = new FaultTrack(instance, site, faults, say, time);
        using var run = LoadRun.Start(options, sender, time, onOver: null, cancellationToken);
        await Task.Delay(WarmUp, time, cancellationToken);
        await track.Play(duration, cancellationToken);
        await run.Completion;
        cancellationToken.ThrowIfCancellationRequested();
        say("The load is over; waiting until what was accepted has ended");
        var values = track.Values;
        await Measure(values, run.History, instance, cancellationToken);
        return (values, Seconds(run.History, WarmUp));
    }

    public static async Task PutCatalogue(LabInstance instance, int seed, int roomTypes, TimeProvider time, CancellationToken cancellationToken)
    {
        using var client = new TravelHubClient(instance.Url, instance.OperatorKey, new ClientOptions(), time, new Random(seed));
        if (await new CatalogueImport(client).Put(BenchCatalogue.Create(roomTypes), _ => { }, cancellationToken) is [var refused, ..])
            throw new InvalidOperationException($"The bench catalogue was refused: {refused}");
    }

    private async Task Measure(Dictionary<string, double> values, IReadOnlyList<RequestRecord> history, LabInstance instance, CancellationToken cancellationToken)
    {
        var measured = history.Where(record => !record.Planned.IsWarmUp).ToList();
        var latencies = measured.Select(record => record.Latency.TotalMilliseconds).Order().ToArray();
        values[Metrics.Requests] = measured.Count;
        values[Metrics.Succeeded] = measured.Count(record => record.Fate is RequestFate.Answered { IsSuccess: true });
        values[Metrics.ServerErrorShare] = Share(measured, record => record.Fate is RequestFate.Answered { Status: >= 500 });
        values[Metrics.UnansweredShare] = Share(measured, record => record.Fate is not RequestFate.Answered);
        values[Metrics.UsefulShare] = UsefulShare(history);
        values[Metrics.LongestStretchSeconds] = LongestStretch(measured);
        values[Metrics.P50Milliseconds] = latencies[(int)(latencies.Length * 0.5)];
        values[Metrics.P99Milliseconds] = latencies[(int)(latencies.Length * 0.99)];
        await Ended(values, history, instance, cancellationToken);
    }

    // A booking is served by 201 or by 202, which is kept; a search that was answered before, by data.
    private static double UsefulShare(IReadOnlyList<RequestRecord> history)
    {
        var known = new HashSet<(int, DateOnly)>();
        var (asked, useful) = (0, 0);
        foreach (var record in history.OrderBy(record => record.Completed))
        {
            var isData = record.Fate is RequestFate.Answered { Status: 200 or 201 };
            var isSearch = record.Planned.Kind == RequestKind.Search;
            if (!record.Planned.IsWarmUp && (!isSearch || known.Contains((record.Planned.Room, record.Planned.CheckIn))))
            {
                asked++;
                useful += isData || (!isSearch && record.Fate is RequestFate.Answered { Status: 202 }) ? 1 : 0;
            }

            if (isSearch && isData)
                known.Add((record.Planned.Room, record.Planned.CheckIn));
        }

        return asked == 0 ? double.NaN : (double)useful / asked;
    }

    private async Task Ended(Dictionary<string, double> values, IReadOnlyList<RequestRecord> history, LabInstance instance, CancellationToken cancellationToken)
    {
        var accepted = history.Where(record => record.Planned.Kind == RequestKind.Booking)
            .Select(record => record.Fate).OfType<RequestFate.Answered>().Where(fate => fate.IsSuccess && fate.Reservation is not null)
            .Select(fate => fate.Reservation!.Value).Distinct().ToArray();
        await using var database = NpgsqlDataSource.Create(instance.ConnectionString);
        var start = time.GetTimestamp();
        var (known, ended) = (0L, 0L);
        do
        {
            await Task.Delay(Poll, time, cancellationToken);
            await using var command = database.CreateCommand("SELECT count(*), count(*) FILTER (WHERE wake_at IS NULL) FROM reservations WHERE id = ANY ($1)");
            command.Parameters.Add(new NpgsqlParameter<Guid[]> { TypedValue = accepted });
            await using var rows = await command.ExecuteReaderAsync(cancellationToken);
            await rows.ReadAsync(cancellationToken);
            (known, ended) = (rows.GetInt64(0), rows.GetInt64(1));
        }
        while (ended < accepted.Length && time.GetElapsedTime(start) < EndPatience);
        values[Metrics.LostAcknowledged] = accepted.Length - known;
        values[Metrics.Unended] = known - ended;
    }

    private static double Share(List<RequestRecord> records, Func<RequestRecord, bool> which) => (double)records.Count(which) / Math.Max(1, records.Count);

    private static double LongestStretch(List<RequestRecord> measured)
    {
        var ends = measured.Where(record => record.Fate is RequestFate.Answered { IsSuccess: true }).Select(record => record.Completed.TotalSeconds).Order().ToArray();
        return ends.Length < 2 ? double.NaN : ends.Zip(ends.Skip(1), (one, next) => next - one).Max();
    }

    /// <param name="from">When what is measured began, in the time of the load.</param>
    public static List<TrialSecond> Seconds(IReadOnlyList<RequestRecord> history, TimeSpan from) =>
        [.. history.Where(record => !record.Planned.IsWarmUp).GroupBy(record => (int)(record.Planned.Start - from).TotalSeconds).OrderBy(second => second.Key).Select(second =>
        {
            var latencies = second.Select(record => record.Latency.TotalMilliseconds).Order().ToArray();
            var succeeded = second.Count(record => record.Fate is RequestFate.Answered { IsSuccess: true });
            return new TrialSecond(second.Key, succeeded, latencies.Length - succeeded, latencies[(int)(latencies.Length * 0.99)]);
        })];
}
