using System.Text.Json;
using Npgsql;
using TravelHub.Client.Catalogue;
using TravelHub.Client.Http;
using TravelHub.Client.Replay.Audit;
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

    public async Task<(Dictionary<string, double> Values, IReadOnlyList<TrialSecond> Timeline, IReadOnlyList<CheckResult> Checks)> Run(
        int seed, IReadOnlyList<ScenarioFault> faults, TimeSpan duration, CancellationToken cancellationToken)
    {
        await using var instance = await LabInstance.Start(site, say, time, cancellationToken);
        await PutCatalogue(instance, seed, RoomTypes, time, cancellationToken);
        using var sender = new GatewaySender(instance.Url, instance.ClientKey, time);
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
        Measure(values, run.History, duration);
        var check = await Ended(values, run.History, instance, cancellationToken);
        await File.WriteAllLinesAsync(Path.Combine(site.DataFolder, "history.jsonl"), run.History.Select(Line), cancellationToken);
        return (values, Seconds(run.History, WarmUp), check.Holds == true ? [] : [check]);
    }

    public static async Task PutCatalogue(LabInstance instance, int seed, int roomTypes, TimeProvider time, CancellationToken cancellationToken)
    {
        using var client = new TravelHubClient(instance.Url, instance.OperatorKey, new ClientOptions(), time, new Random(seed));
        if (await new CatalogueImport(client).Put(BenchCatalogue.Create(roomTypes), _ => { }, cancellationToken) is [var refused, ..])
            throw new InvalidOperationException($"The bench catalogue was refused: {refused}");
    }

    private static void Measure(Dictionary<string, double> values, IReadOnlyList<RequestRecord> history, TimeSpan duration)
    {
        var measured = history.Where(record => !record.Planned.IsWarmUp).ToList();
        var latencies = measured.Select(record => record.Latency.TotalMilliseconds).Order().ToArray();
        values[Metrics.Requests] = measured.Count;
        values[Metrics.Succeeded] = measured.Count(IsServed);
        values[Metrics.ServerErrorShare] = Share(measured, record => record.Fate is RequestFate.Answered { Status: >= 500 });
        values[Metrics.UnansweredShare] = Share(measured, record => record.Fate is not RequestFate.Answered);
        values[Metrics.UsefulShare] = UsefulShare(history);
        values[Metrics.LongestStretchSeconds] = LongestStretch(measured, WarmUp, WarmUp + duration);
        values[Metrics.P50Milliseconds] = latencies[(int)(latencies.Length * 0.5)];
        values[Metrics.P99Milliseconds] = latencies[(int)(latencies.Length * 0.99)];
    }

    /// <summary>Whether it got what it asked for: a booking that is confirmed, or offers. What is kept for later is accepted, and not served.</summary>
    public static bool IsServed(RequestRecord record) => record.Fate is RequestFate.Answered answer
        && (record.Planned.Kind == RequestKind.Search ? answer is { Status: 200, Search: null or { Offers: > 0 } } : answer.Status == 201);

    // A booking is served by 201 or by 202, which is kept; a search that was answered before, by data.
    private static double UsefulShare(IReadOnlyList<RequestRecord> history)
    {
        var known = new HashSet<(int, DateOnly)>();
        var (asked, useful) = (0, 0);
        foreach (var record in history.OrderBy(record => record.Completed))
        {
            var isData = IsServed(record);   // there is always room: an empty answer is a wrong one
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

    // Told confirmed, it is confirmed; told that it is kept, it is known; and whatever it is, it has ended.
    private async Task<CheckResult> Ended(Dictionary<string, double> values, IReadOnlyList<RequestRecord> history, LabInstance instance, CancellationToken cancellationToken)
    {
        var told = history.Where(record => record.Planned.Kind == RequestKind.Booking)
            .Select(record => record.Fate).OfType<RequestFate.Answered>().Where(fate => fate.IsSuccess && fate.Reservation is not null)
            .GroupBy(fate => fate.Reservation!.Value).ToDictionary(one => one.Key, one => one.Any(fate => fate.Status == 201));
        await using var database = NpgsqlDataSource.Create(instance.ConnectionString);
        var start = time.GetTimestamp();
        Dictionary<Guid, (string Status, bool HasEnded)> rows;
        do
        {
            await Task.Delay(Poll, time, cancellationToken);
            rows = await Rows(database, told.Keys, cancellationToken);
        }
        while (rows.Values.Count(row => row.HasEnded) < told.Count && time.GetElapsedTime(start) < EndPatience);
        string[] lost = [.. told.Where(one => !rows.TryGetValue(one.Key, out var row) || (one.Value && row.Status != "confirmed"))
            .Select(one => $"reservation {one.Key} was answered {(one.Value ? 201 : 202)}, and is {(rows.TryGetValue(one.Key, out var row) ? row.Status : "unknown")}")];
        string[] unended = [.. rows.Where(row => !row.Value.HasEnded).Select(row => $"reservation {row.Key} has not ended: {row.Value.Status}")];
        values[Metrics.LostAcknowledged] = lost.Length;
        values[Metrics.Unended] = unended.Length;
        return CheckResult.Of("what was accepted is there, and has ended", $"accepted: {told.Count}", [.. lost, .. unended]);
    }

    private static async Task<Dictionary<Guid, (string Status, bool HasEnded)>> Rows(NpgsqlDataSource database, IEnumerable<Guid> reservations, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand("SELECT id, status, wake_at IS NULL FROM reservations WHERE id = ANY ($1)");
        command.Parameters.Add(new NpgsqlParameter<Guid[]> { TypedValue = [.. reservations] });
        await using var read = await command.ExecuteReaderAsync(cancellationToken);
        var rows = new Dictionary<Guid, (string, bool)>();
        while (await read.ReadAsync(cancellationToken))
            rows[read.GetGuid(0)] = (read.GetString(1), read.GetBoolean(2));
        return rows;
    }

    private static double Share(List<RequestRecord> records, Func<RequestRecord, bool> which) => (double)records.Count(which) / Math.Max(1, records.Count);

    /// <summary>The longest time in which nobody was served, s: from when requests came, and until the last of them had its fate.</summary>
    public static double LongestStretch(IReadOnlyList<RequestRecord> measured, TimeSpan from, TimeSpan until)
    {
        var last = measured.Select(record => record.Completed).Append(until).Max();
        var ends = measured.Where(IsServed).Select(record => record.Completed).Append(last).Order();
        var (longest, before) = (TimeSpan.Zero, from);
        foreach (var end in ends)
            (longest, before) = (end - before > longest ? end - before : longest, end);
        return longest.TotalSeconds;
    }

    private static string Line(RequestRecord record) => JsonSerializer.Serialize(new
    {
        record.Planned.Number, Kind = $"{record.Planned.Kind}", record.Planned.Room, record.Planned.CheckIn, StartSeconds = record.Planned.Start.TotalSeconds,
        CompletedSeconds = record.Completed.TotalSeconds, Fate = record.Fate.ToString(),
    });

    /// <param name="from">When what is measured began, in the time of the load.</param>
    public static List<TrialSecond> Seconds(IReadOnlyList<RequestRecord> history, TimeSpan from) =>
        [.. history.Where(record => !record.Planned.IsWarmUp).GroupBy(record => (int)(record.Planned.Start - from).TotalSeconds).OrderBy(second => second.Key).Select(second =>
        {
            var latencies = second.Select(record => record.Latency.TotalMilliseconds).Order().ToArray();
            var succeeded = second.Count(IsServed);
            return new TrialSecond(second.Key, succeeded, latencies.Length - succeeded, latencies[(int)(latencies.Length * 0.99)]);
        })];
}
