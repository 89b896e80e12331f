using System.Collections.Concurrent;
using System.Globalization;
using Npgsql;
using TravelHub.Lab.Checks;
using TravelHub.Lab.Instances;
using TravelHub.Lab.Workload;

namespace TravelHub.Lab.Liars;

/// <summary>
/// Lets one replica of each group after the other misbehave, at moments that have nothing to do with the probes, and measures until it has lost its
/// vote. Groups know nothing of each other, so each has a liar of its own at the same time.
/// </summary>
internal sealed class LiarsRun(LabSite site, LabLoad load, int rounds, Action<string> say, TimeProvider time)
{
    private static readonly (string Kind, int Parameter)[] Kinds =
        [("off-by-one", 1), ("silent", 1), ("slow", 400), ("malformed", 1), ("equivocating", 1), ("wrong-by-factor", 10), ("colluding", 7)];

    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan MostCalm = TimeSpan.FromSeconds(10);
    // What it said while it lied is still held against it: the truth contradicts it now.
    private static readonly TimeSpan EchoOfLies = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(100);

    private readonly ConcurrentQueue<Find> _finds = [];
    private readonly ConcurrentQueue<Lie> _lies = [];
    private IReadOnlyList<string> _falselyAccused = [];

    public async Task<LiarsReport> Run(bool isIdle, CancellationToken cancellationToken)
    {
        LabOutcome? outcome = null;
        if (isIdle)
        {
            await using var instance = await LabInstance.Start(site, say, time, cancellationToken);
            await Play(instance, cancellationToken);
        }
        else
        {
            outcome = await new LabRun(site, load with { Mix = LabMix.Payments }, say, time).Run((instance, _, _) => Play(instance, cancellationToken), cancellationToken);
        }

        return new LiarsReport(load.Seed, isIdle, [.. _finds], _falselyAccused, outcome);
    }

    private async Task Play(LabInstance instance, CancellationToken cancellationToken)
    {
        using var desk = new ReplicaDesk(instance);
        await Task.Delay(WarmUp, time, cancellationToken);
        var groups = (await desk.All(cancellationToken)).Select(replica => replica.Name).GroupBy(name => name.Split('/')[0]).Select(group => group.ToArray()).ToArray();
        await Task.WhenAll(groups.Select((names, lane) => Play(desk, names, lane, groups.Length, cancellationToken)));
        await using var database = NpgsqlDataSource.Create(instance.ConnectionString);
        // Of all that was written down, whenever it was: what is held against a liar while it lies is right, and nothing else is.
        _falselyAccused = [.. (await Quarantines.Of(database, cancellationToken)).Where(found => !_lies.Any(lie => lie.Explains(found))).Select(found => $"{found.Replica} ({found.Why})")];
    }

    private async Task Play(ReplicaDesk desk, string[] names, int lane, int lanes, CancellationToken cancellationToken)
    {
        var random = new Random(unchecked((load.Seed * 397) ^ lane));
        for (var round = lane; round < rounds; round += lanes)
        {
            await Task.Delay(MostCalm * random.NextDouble(), time, cancellationToken);
            var (kind, parameter) = Kinds[round % Kinds.Length];
            await Play(desk, names[random.Next(names.Length)], kind, parameter, cancellationToken);
        }
    }

    private async Task Play(ReplicaDesk desk, string name, string kind, int parameter, CancellationToken cancellationToken)
    {
        var askedAt = time.GetUtcNow();
        await desk.Lie(name, kind, parameter, cancellationToken);
        var began = time.GetUtcNow();
        var liar = await UntilFound(desk, name, cancellationToken);
        var seconds = liar is null ? double.PositiveInfinity : Math.Max(0, (liar.Since!.Value - began).TotalSeconds);
        _finds.Enqueue(new Find(kind, name, seconds, liar?.Why));
        say(string.Create(CultureInfo.InvariantCulture, $"{name} {kind}: quarantined after {seconds:0.00} s for {liar?.Why}"));
        await desk.Reform(name, cancellationToken);
        await Task.Delay(EchoOfLies, time, cancellationToken);
        await desk.Reinstate(name, cancellationToken);
        _lies.Enqueue(new Lie(name, askedAt, time.GetUtcNow()));
    }

    private async Task<ReplicaDesk.Replica?> UntilFound(ReplicaDesk desk, string name, CancellationToken cancellationToken)
    {
        var start = time.GetTimestamp();
        while (time.GetElapsedTime(start) < Patience)
        {
            if ((await desk.All(cancellationToken)).Single(replica => replica.Name == name) is { IsVoting: false } liar)
                return liar;
            await Task.Delay(Poll, time, cancellationToken);
        }

        return null;
    }

    private sealed record Lie(string Replica, DateTimeOffset From, DateTimeOffset Until)
    {
        public bool Explains(Quarantine found) => found.Replica == Replica && found.At >= From && found.At <= Until;
    }
}
