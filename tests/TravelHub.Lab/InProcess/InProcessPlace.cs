using Npgsql;
using TravelHub.Grains.Abstractions.Faults;
using TravelHub.Lab.Workload;
using TravelHub.Testing;

namespace TravelHub.Lab.InProcess;

/// <summary>Where a scenario in this process plays: what its faults act on, and what its own checks look at.</summary>
internal sealed class InProcessPlace(GrainCluster cluster, PaymentSandboxFixture provider, History history, TimeProvider time)
{
    public IGrainFactory Grains => cluster.Grains;

    public NpgsqlDataSource Database => cluster.Database;

    /// <summary>The payment provider; it can be stopped, and not started again.</summary>
    public PaymentSandboxFixture Provider => provider;

    /// <summary>What customers were told so far.</summary>
    public IReadOnlyList<Acknowledgement> Told => history.Snapshot();

    /// <summary>Lets the load go on for a while.</summary>
    public Task Wait(double seconds, CancellationToken cancellationToken) => Task.Delay(TimeSpan.FromSeconds(seconds), time, cancellationToken);

    /// <summary>A silo dies with all that it knows; another one comes in its place. The first stays, for the clients' sake.</summary>
    public async Task KillSilo()
    {
        await cluster.Silos.KillSiloAsync(cluster.Silos.Silos[^1]);
        await cluster.Silos.StartAdditionalSiloAsync();
    }

    /// <summary>A replica lies from now on.</summary>
    /// <param name="replica">As <c>group/number</c>.</param>
    public async Task Lie(string replica, ReplicaFaultKind kind, int parameter)
    {
        if (await Grains.GetGrain<IFaultsGrain>(0).Put(replica, new ReplicaFault(kind, parameter)) is { } refused)
            throw new ArgumentException(refused.Detail, nameof(replica));
    }
}
