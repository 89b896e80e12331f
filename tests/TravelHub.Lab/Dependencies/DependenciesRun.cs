using System.Text.Json.Nodes;
using Npgsql;
using TravelHub.Client.Processes;
using TravelHub.Lab.Experiments;
using TravelHub.Lab.Faults;
using TravelHub.Lab.Instances;
using TravelHub.Load.Running;
using TravelHub.Load.Schedule;
using TravelHub.Load.Sending;
using TravelHub.Testing;

namespace TravelHub.Lab.Dependencies;

/// <summary>Makes each thing that the service leans on ill in each way, under load, and looks at what clients are told and at what becomes of what was accepted.</summary>
internal sealed class DependenciesRun(LabSite site, int seed, double ratePerSecond, TimeSpan length, Action<string> say, TimeProvider time)
{
    /// <summary>So few that most searches were answered before.</summary>
    private const int RoomTypes = 4;

    private const double SearchShare = 0.8;

    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan AnswerPatience = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan EndPatience = TimeSpan.FromSeconds(90);
    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(500);

    private readonly HashSet<(int, DateOnly)> _known = [];

    public async Task<DependenciesReport> Run(IReadOnlyList<string> names, IReadOnlyList<Ailment> ailments, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(site.DataFolder);
        using var redis = names.Contains("redis") ? RedisServer.TryStart(site.DataFolder) : null;
        await using var proxies = new Proxies(time);
        await using var instance = await LabInstance.Start(proxies.Into(site with { TakesFaults = true }, redis?.Port ?? 0), say, time, cancellationToken);
        proxies.Follow(instance);
        await ArrivalsTrial.PutCatalogue(instance, seed, RoomTypes, time, cancellationToken);
        using var switches = new ComponentSwitches(instance);
        using var sender = new GatewaySender(instance.Url, instance.ClientKey, time);
        await using var database = NpgsqlDataSource.Create(instance.ConnectionString);
        var patients = new Patients(instance, switches, proxies, time);
        var cells = new List<Cell>();
        foreach (var name in names.Where(name => name != "redis" || redis is not null))
        {
            foreach (var ailment in ailments)
            {
                cells.Add(await Suffer(name, ailment, patients, instance, sender, database, cancellationToken));
                say(DependenciesCommand.Line(cells[^1]));
            }
        }

        return new DependenciesReport(seed, cells, names.Contains("redis") && redis is null ? ["redis: there is no redis-server on the PATH"] : []);
    }

    private async Task<Cell> Suffer(
        string name, Ailment ailment, Patients patients, LabInstance instance, GatewaySender sender, NpgsqlDataSource database, CancellationToken cancellationToken)
    {
        var options = new LoadOptions
        {
            Run = $"{name}-{ailment}-{seed}", Seed = seed, RatePerSecond = ratePerSecond, SearchShare = SearchShare,
            WarmUp = WarmUp, Duration = length, RoomTypes = RoomTypes, Timeout = AnswerPatience,
        };
        using var run = LoadRun.Start(options, sender, time, onOver: null, cancellationToken);
        await Task.Delay(WarmUp, time, cancellationToken);
        await using (await patients.MakeIll(name, ailment, cancellationToken))
            await Task.Delay(length, time, cancellationToken);
        await run.Completion;
        cancellationToken.ThrowIfCancellationRequested();
        await Readiness.Wait(instance.Url, time, cancellationToken);
        return Tell(name, ailment, run.History, await Ended(run.History, instance, database, cancellationToken));
    }

    private Cell Tell(string name, Ailment ailment, IReadOnlyList<RequestRecord> history, Fates fates)
    {
        var (searches, useful, degraded, empty, oldest) = (0, 0, 0, 0, TimeSpan.Zero);
        foreach (var record in history.Where(record => record.Planned.Kind == RequestKind.Search).OrderBy(record => record.Completed))
        {
            var what = (record.Planned.Room, record.Planned.CheckIn);
            var finding = (record.Fate as RequestFate.Answered)?.Search;
            if (!record.Planned.IsWarmUp && _known.Contains(what))
            {
                searches++;
                useful += finding is { Offers: > 0 } ? 1 : 0;
                empty += finding is { Offers: 0 } ? 1 : 0;
            }

            if (finding is { Offers: > 0 })
                _known.Add(what);
            if (record.Planned.IsWarmUp || finding is null)
                continue;
            degraded += finding.IsDegraded ? 1 : 0;
            oldest = finding.Age > oldest ? finding.Age : oldest;
        }

        var open = history.Where(record => record.Planned.Start > WarmUp + (length / 2) && record.Fate is RequestFate.Answered { Search: { Offers: > 0, IsDegraded: true } })
            .Select(record => record.Latency.TotalMilliseconds).Order().ToArray();
        var measured = history.Where(record => !record.Planned.IsWarmUp).ToList();
        var bookings = measured.Where(record => record.Planned.Kind == RequestKind.Booking).ToList();
        var latencies = measured.Select(record => record.Latency.TotalMilliseconds).Order().ToArray();
        return new Cell(
            name, ailment, searches, useful, degraded, oldest.TotalSeconds, bookings.Count, Count(bookings, 201, 202), Count(bookings, 202), Count(measured, 500, 599),
            Count(measured, 429), empty, measured.Count(record => record.Fate is not RequestFate.Answered), latencies[(int)(latencies.Length * 0.5)],
            latencies[(int)(latencies.Length * 0.99)], open.Length == 0 ? null : open[(int)(open.Length * 0.99)], fates.Lost, fates.Unended, fates.Refused);
    }

    private static int Count(List<RequestRecord> records, int from, int? until = null) =>
        records.Count(record => record.Fate is RequestFate.Answered answered && answered.Status >= from && answered.Status <= (until ?? from));

    // A booking that was kept may end without ever having been one: its owner is told at its Location that it was refused, and why.
    private async Task<Fates> Ended(IReadOnlyList<RequestRecord> history, LabInstance instance, NpgsqlDataSource database, CancellationToken cancellationToken)
    {
        var accepted = history.Where(record => record.Planned.Kind == RequestKind.Booking).Select(record => record.Fate).OfType<RequestFate.Answered>()
            .Where(fate => fate.IsSuccess && fate.Reservation is not null).Select(fate => fate.Reservation!.Value).ToHashSet();
        using var owner = instance.WithKey(instance.ClientKey);
        var start = time.GetTimestamp();
        while (true)
        {
            await Task.Delay(Poll, time, cancellationToken);
            var (known, ended) = await InTheLog([.. accepted], database, cancellationToken);
            var refused = 0;
            foreach (var id in accepted.Except(known))
                refused += await IsRefused(id, owner, cancellationToken) ? 1 : 0;
            var fates = new Fates(accepted.Count - known.Count - refused, known.Count - ended, refused);
            if (fates is { Lost: 0, Unended: 0 } || time.GetElapsedTime(start) > EndPatience)
                return fates;
        }
    }

    private static async Task<(HashSet<Guid> Known, int Ended)> InTheLog(Guid[] reservations, NpgsqlDataSource database, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand("SELECT id, wake_at IS NULL FROM reservations WHERE id = ANY ($1)");
        command.Parameters.Add(new NpgsqlParameter<Guid[]> { TypedValue = reservations });
        await using var rows = await command.ExecuteReaderAsync(cancellationToken);
        var (known, ended) = (new HashSet<Guid>(), 0);
        while (await rows.ReadAsync(cancellationToken))
        {
            known.Add(rows.GetGuid(0));
            ended += rows.GetBoolean(1) ? 1 : 0;
        }

        return (known, ended);
    }

    private static async Task<bool> IsRefused(Guid reservation, HttpClient owner, CancellationToken cancellationToken)
    {
        using var answer = await owner.GetAsync(new Uri($"/v1/reservations/{reservation:D}", UriKind.Relative), cancellationToken);
        return answer.IsSuccessStatusCode && JsonNode.Parse(await answer.Content.ReadAsStringAsync(cancellationToken))?["status"]?.GetValue<string>() == "refused";
    }

    private readonly record struct Fates(int Lost, int Unended, int Refused);
}
