using TravelHub.Grains.Abstractions.Faults;
using TravelHub.Grains.Abstractions.Payments;
using TravelHub.Testing;

namespace TravelHub.Cluster.Tests.Payments;

/// <summary>A silo whose replicas can be made to lie. Each test takes groups of its own, so that they run beside each other.</summary>
public sealed class FaultCluster(PostgresFixture postgres, PaymentSandboxFixture provider) : IAsyncLifetime
{
    private static int _groups;

    public GrainCluster Cluster { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        var connectionString = await postgres.NewTravelHubDatabase($"replicas_{Guid.NewGuid():N}", CancellationToken.None);
        // Groups are probed when a test says so.
        Cluster = await GrainCluster.Start(connectionString, provider, silos: 1, ("Faults:Enabled", "true"), ("Payments:ProbePeriod", "01:00:00"), ("Payments:SuspicionPeriod", "01:00:00"),
            ("Payments:SettlesWithin", "00:00:00"), ("Payments:OmissionsApart", "00:00:00"));
    }

    public ValueTask DisposeAsync() => Cluster.DisposeAsync();

    /// <summary>A group that no other test knows, beyond those that reservations are spread over.</summary>
    public static int NewGroup() => 1_000 + Interlocked.Increment(ref _groups);

    public async Task Lie(int group, int number, ReplicaFaultKind kind, int parameter = 10) =>
        Assert.Null(await Cluster.Grains.GetGrain<IFaultsGrain>(0).Put($"{group}/{number}", new ReplicaFault(kind, parameter)));

    public Task BeHonest(int group, int number) => Cluster.Grains.GetGrain<IFaultsGrain>(0).Clear($"{group}/{number}");

    public IReplicaHealthGrain Health(int group) => Cluster.Grains.GetGrain<IReplicaHealthGrain>(group);

    public Task<VoteOutcome> Vote(int group, PaymentInput input) =>
        Cluster.Grains.GetGrain<IVotingGrain>(group).Vote(new VoteRequest(input, Guid.NewGuid(), 1));

    /// <summary>Probes a group until its voters are these.</summary>
    public async Task ProbeUntilVoters(int group, params int[] voters)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (!(await Health(group).Voters()).SequenceEqual(voters))
        {
            patience.Token.ThrowIfCancellationRequested();
            await Health(group).Run();
        }
    }
}
