using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Orleans.Concurrency;
using TravelHub.Grains.Abstractions.Payments;
using TravelHub.Grains.Operations;

namespace TravelHub.Grains.Payments;

/// <summary>
/// Asks all five replicas at once and decides at the third identical verdict. One a silo and group, so that votes share messages. What it sees of
/// the replicas it reports beside the votes: at once what is amiss, the rest in a while. It stays while nobody votes: one that is made anew for each probe
/// has just met its replicas, and accuses none of them.
/// </summary>
[StatelessWorker(1, removeIdleWorkers: false), Reentrant]
internal sealed class VotingGrain(
    IOptions<PaymentOptions> options, VotingRule rule, SiloAgents agents, ISiloStatusOracle silos, IClusterMembershipService membership, VoteRecords records, TimeProvider time, ILogger<VotingGrain> logger)
    : Grain, IVotingGrain
{
    private static readonly TimeSpan VotersWithin = TimeSpan.FromMilliseconds(500);

    private readonly ProbeInputs _probes = new(new Random());
    private ReplicaCaller[] _replicas = [];
    private SightingReports _reports = null!;

    private long Group => this.GetPrimaryKeyLong();

    public override async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        var health = GrainFactory.GetGrain<IReplicaHealthGrain>(Group);
        _replicas = [.. Enumerable.Range(1, rule.Replicas).Select(Caller)];
        _reports = new SightingReports(health, number => _replicas[number - 1].Silo, time);
        await _reports.Refresh(VotersWithin);   // without an answer all vote: the quorum protects the customer, the quarantine only the quorum
    }

    public async Task<VoteOutcome> Vote(VoteRequest request)
    {
        var start = time.GetTimestamp();
        _probes.Remember(request.Input);
        var outcome = await Decide(request);
        VoteTelemetry.Voted(outcome, time.GetElapsedTime(start));
        if (outcome is VoteOutcome.NoMajority(var answers))
            logger.LogError(
                "No {Quorum} of {Answers} answers of group {Group} agree on reservation {Reservation}: nothing is charged", rule.Quorum, answers, Group, request.Reservation);
        return outcome;
    }

    public async Task<VoteOutcome> Probe()
    {
        var probe = new VoteRequest(_probes.Next(), Reservation: Guid.Empty, Attempt: 0);
        await Decide(probe);
        return await Decide(probe);   // the same again, for those who say one thing and then another
    }

    // Where nothing is decided nobody is judged, and so nothing is heard of who has got a vote back meanwhile: that is asked.
    private async Task<VoteOutcome> Decide(VoteRequest request)
    {
        var voters = _reports.Voters;
        var outcome = await Put(request).Outcome;
        if (outcome is not VoteOutcome.NoMajority)
            return outcome;
        await _reports.Refresh(VotersWithin);
        return voters.SequenceEqual(_reports.Voters) ? outcome : await Put(request).Outcome;
    }

    private Ballot Put(VoteRequest request)
    {
        var ballot = new Ballot(request, rule, rule.Voters(_reports.Voters), _reports.Sight);
        foreach (var replica in _replicas)
            replica.Ask(ballot);
        return ballot;
    }

    private ReplicaCaller Caller(int number)
    {
        var name = ReplicaNames.Of(Group, number);
        var replica = GrainFactory.GetGrain<IReplicaGrain>(name);
        var witness = new ReplicaWitness(
            () => membership.CurrentSnapshot.Version.Value, within => ReplicaWitness.Succeeds(replica.Ping(), within, time), AreSilosWhole, options.Value, time);
        return new ReplicaCaller(
            number, replica, witness.Judge, options.Value.VoteTimeout, time, logger,
            (who, what) => _reports.Sight(who, what), Close);
    }

    private async Task<bool> AreSilosWhole(TimeSpan within) =>
        (await Task.WhenAll(silos.GetApproximateSiloStatuses(onlyActive: true).Keys.Select(silo => agents.Stays(silo, within, time)))).All(stays => stays);

    private void Close(Ballot ballot)
    {
        if (ballot.Request.Reservation != Guid.Empty)   // a probe is nobody's payment
            records.Add(VoteRecord.Of(Group, ballot, time.GetUtcNow()));
    }
}
