using System.Collections.Immutable;
using TravelHub.Grains.Abstractions.Payments;

namespace TravelHub.Grains.Payments;

/// <summary>
/// Gathers what a voter sees of its replicas and tells their health grain: what is amiss at once, matches together after a while. One report is under
/// way at most; what it could not bring goes with the next. Single-threaded, like the grain that owns it.
/// </summary>
/// <param name="silo">Where the replica of this number was seen last.</param>
internal sealed class SightingReports(IReplicaHealthGrain health, Func<int, SiloAddress?> silo, TimeProvider time)
{
    private static readonly TimeSpan Gathering = TimeSpan.FromSeconds(1);

    private readonly List<Sighted>[] _seen = [.. Enumerable.Range(0, Ballot.Replicas).Select(_ => new List<Sighted>())];
    private TaskCompletionSource _urgent = NewUrgency();
    private bool _isReporting;

    /// <summary>Who votes, by number from 1, as far as is known.</summary>
    public ImmutableArray<int> Voters { get; private set; } = [.. Enumerable.Range(1, Ballot.Replicas)];

    public void Sight(int number, Sighting what)
    {
        var seen = _seen[number - 1];
        if (seen.Count > 0 && seen[^1].What == what)
            seen[^1] = new Sighted(what, seen[^1].Times + 1);
        else
            seen.Add(new Sighted(what, 1));
        if (what != Sighting.Matching)
            _urgent.TrySetResult();
        if (!_isReporting)
            _ = ReportWhileAny();
    }

    /// <summary>Asks who votes, but does not wait long for it.</summary>
    public async Task Refresh(TimeSpan within)
    {
        try
        {
            Voters = await health.Voters().WaitAsync(within, time);
        }
        catch (Exception)
        {
            // As it was; the next report asks again.
        }
    }

    private async Task ReportWhileAny()
    {
        _isReporting = true;
        while (_seen.Any(s => s.Count > 0))
        {
            await Task.WhenAny(_urgent.Task, Task.Delay(Gathering, time));
            _urgent = NewUrgency();
            var reports = TakeAll();
            try
            {
                Voters = await health.Report(reports);
            }
            catch (Exception)
            {
                PutBack(reports);   // whether it was counted is not known: a fault may be counted twice, and is one all the same
            }
        }

        _isReporting = false;
    }

    private ImmutableArray<ReplicaReport> TakeAll()
    {
        var reports = ImmutableArray.CreateBuilder<ReplicaReport>();
        for (var number = 1; number <= Ballot.Replicas; number++)
        {
            if (_seen[number - 1].Count == 0)
                continue;
            reports.Add(new ReplicaReport(number, silo(number), [.. _seen[number - 1]]));
            _seen[number - 1].Clear();
        }

        return reports.ToImmutable();
    }

    private void PutBack(ImmutableArray<ReplicaReport> reports)
    {
        foreach (var report in reports)
            _seen[report.Number - 1].InsertRange(0, report.Seen);
    }

    private static TaskCompletionSource NewUrgency() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
