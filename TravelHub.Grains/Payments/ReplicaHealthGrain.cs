using System.Collections.Immutable;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using TravelHub.Grains.Abstractions;
using TravelHub.Grains.Abstractions.Payments;

namespace TravelHub.Grains.Payments;

/// <summary>
/// The one that counts for a group. Who is out is decided in memory and at once, then stored; a crash in between is made up for by the next
/// sightings. Its reminder probes the group, a timer does so more often while anybody is suspected.
/// </summary>
internal sealed class ReplicaHealthGrain(
    [PersistentState("replica-health", GrainStorageNames.Health)] IPersistentState<GroupHealth> health, IOptions<PaymentOptions> options,
    ISiloStatusOracle silos, VoteRecords records, TimeProvider time, ILogger<ReplicaHealthGrain> logger) : Grain, IReplicaHealthGrain, IRemindable
{
    private const string ReminderName = "probe";

    private readonly SiloAddress?[] _places = new SiloAddress?[Ballot.Replicas];
    private Task _saving = Task.CompletedTask;
    private long? _undecidedFrom;

    private long Group => this.GetPrimaryKeyLong();

    private ReplicaHealth[] Five => health.State.Replicas;

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        var period = options.Value.SuspicionPeriod;
        var isOurs = Group >= 0 && Group < options.Value.ReplicaGroups;   // one that is asked for by mistake goes again
        this.RegisterGrainTimer(_ => Five.Any(r => HealthMachine.IsSuspect(r, options.Value)) ? Run() : Task.CompletedTask, new() { DueTime = period, Period = period, KeepAlive = isOurs });
        return Task.CompletedTask;
    }

    public Task Start() => this.KeepReminders((ReminderName, options.Value.ProbePeriod));

    public Task ReceiveReminder(string reminderName, TickStatus status) => Run();

    public async Task Run()
    {
        try
        {
            var all = Enumerable.Range(1, Ballot.Replicas).ToArray();
            await Task.WhenAll(all.Select(MoveHome));   // before they are asked: what a silent one was asked would keep it from moving
            _undecidedFrom = await GrainFactory.GetGrain<IVotingGrain>(Group).Probe() is VoteOutcome.Decided ? null : _undecidedFrom ?? time.GetTimestamp();
            // A silo that died may have taken voters with it for a moment: that lifts no quarantine.
            var isAtOdds = _undecidedFrom is { } from && time.GetElapsedTime(from) >= options.Value.UnreachableFor;
            await Task.WhenAll(all.Select(number => TestIfDue(number, !isAtOdds)));
        }
        catch (Exception e)
        {
            logger.LogWarning("Replica group {Group} was not probed; it is tried again: {Error}", Group, e.Message);
        }
    }

    public async Task<ImmutableArray<int>> Report(ImmutableArray<ReplicaReport> reports)
    {
        var voters = VotersNow();
        foreach (var (number, silo, seen) in reports)
        {
            _places[number - 1] = silo ?? _places[number - 1];
            foreach (var sighted in seen)
                Five[number - 1] = HealthMachine.Observe(Five[number - 1], sighted, time.GetUtcNow(), options.Value);
            if (voters.Contains(number) && !Five[number - 1].IsVoting)
                Tell(number, "quarantined");
        }

        if (!voters.SequenceEqual(VotersNow()))
            await Save();
        return VotersNow();
    }

    public Task<ImmutableArray<int>> Voters() => Task.FromResult(VotersNow());

    public Task<ImmutableArray<ReplicaView>> Replicas() =>
        Task.FromResult(Five.Select((r, i) => View(i + 1, r)).ToImmutableArray());

    public async Task<ImmutableArray<ReplicaView>> AllReplicas()
    {
        var groups = await Task.WhenAll(Enumerable.Range(0, options.Value.ReplicaGroups).Select(group => GrainFactory.GetGrain<IReplicaHealthGrain>(group).Replicas()));
        return [.. groups.SelectMany(five => five)];
    }

    public Task<Refusal?> Quarantine(int number, string by) => Change(number, r => HealthMachine.Quarantine(r, $"operator {by}", time.GetUtcNow()), isVoting: false, "quarantined");

    public Task<Refusal?> Reinstate(int number, string by) => Change(number, r => HealthMachine.ReinstateByHand(r, time.GetUtcNow()) with { Why = $"operator {by}" }, isVoting: true, "reinstated");

    private async Task<Refusal?> Change(int number, Func<ReplicaHealth, ReplicaHealth> change, bool isVoting, string told)
    {
        if (number is < 1 or > Ballot.Replicas || Group < 0 || Group >= options.Value.ReplicaGroups)
            return new Refusal("unknown-replica", $"There are groups 0 to {options.Value.ReplicaGroups - 1}, with replicas 1 to {Ballot.Replicas} each.");
        if (Five[number - 1].IsVoting != isVoting)
        {
            Five[number - 1] = change(Five[number - 1]);
            Tell(number, told);
        }

        return await Save()
            ? null
            : throw new TimeoutException($"What was said of replica {ReplicaNames.Of(Group, number)} could not be stored; look, and say it again.");
    }

    private async Task MoveHome(int number)
    {
        if (!HealthMachine.MayMove(Five[number - 1]))
            return;
        var name = ReplicaNames.Of(Group, number);
        var active = silos.GetApproximateSiloStatuses(onlyActive: true).Keys;
        if (_places[number - 1] is { } place && active.Contains(place) && !place.Equals(SpreadDirector.Home(name, active)))
            await GrainFactory.GetGrain<IReplicaGrain>(name).Move();
    }

    private async Task TestIfDue(int number, bool isDecided)
    {
        if (!HealthMachine.IsTestDue(Five[number - 1], isDecided && VotersNow().Length >= Ballot.Quorum, options.Value))
            return;
        var replica = GrainFactory.GetGrain<IReplicaGrain>(ReplicaNames.Of(Group, number));
        var answer = await replica.Compute(GoldenVectors.Inputs).WaitAsync(options.Value.VoteTimeout, time);
        var hasPassed = answer.Verdicts.SequenceEqual(GoldenVectors.Verdicts);
        Five[number - 1] = hasPassed ? HealthMachine.Reinstate(Five[number - 1], time.GetUtcNow()) : HealthMachine.FailTest(Five[number - 1]);
        Tell(number, hasPassed ? "reinstated" : "failed the test");
        await Save();
    }

    // One write at a time, each of the newest state. False when it is not stored.
    private async Task<bool> Save()
    {
        var before = _saving;
        var mine = new TaskCompletionSource();
        _saving = mine.Task;
        await before;
        try
        {
            await health.WriteStateAsync();
            return true;
        }
        catch (Exception e)
        {
            logger.LogWarning("The health of replica group {Group} could not be stored: {Error}", Group, e.Message);
            DeactivateOnIdle();   // another activation may know better
            return false;
        }
        finally
        {
            mine.SetResult();
        }
    }

    private void Tell(int number, string what)
    {
        var replica = Five[number - 1];
        logger.LogWarning("Replica {Replica} was {What}: {Why}", ReplicaNames.Of(Group, number), what, replica.Why);
        VoteTelemetry.Found(what);
        records.Add(new ReplicaFinding(Group, number, time.GetUtcNow(), what, replica.Why));
    }

    private ImmutableArray<int> VotersNow() => [.. Enumerable.Range(1, Ballot.Replicas).Where(n => Five[n - 1].IsVoting)];

    private ReplicaView View(int number, ReplicaHealth replica) => new(
        Group, number, replica.IsVoting, replica.Since, replica.Why, SiloName(_places[number - 1]), replica.Seen,
        replica.MatchingInARow, HealthMachine.MatchingNeeded(replica, options.Value), replica.Quarantines);

    private string? SiloName(SiloAddress? silo) => silo is not null && silos.TryGetSiloName(silo, out var name) ? name : null;
}
