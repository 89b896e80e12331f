using Microsoft.Extensions.Options;
using TravelHub.Api.Cluster;
using TravelHub.Api.Resilience;
using TravelHub.Grains.Abstractions;
using TravelHub.Grains.Abstractions.Operations;

namespace TravelHub.Api.Operations;

/// <summary>Takes silos away and brings them back, and waits until the membership says that it is done: for the API and the console alike.</summary>
internal sealed class SiloOperations(ClusterCalls cluster, SiloReads silos, IOptions<OperationOptions> options, TimeProvider time)
{
    private static readonly TimeSpan PollPeriod = TimeSpan.FromMilliseconds(250);

    /// <summary>Has a silo stop in order and stay away.</summary>
    /// <param name="tell">Hears how far it is, in the membership's words.</param>
    public Task<SiloOutcome> Deactivate(string name, string by, Action<string>? tell, CancellationToken cancellationToken) => Run(
        name, tell, (operations, life) => operations.Deactivate(name, life, by), (before, now) => now.Status == SiloStatus.Dead, cancellationToken);

    /// <summary>Has a silo run again, in a new life.</summary>
    /// <inheritdoc cref="Deactivate" path="/param"/>
    public Task<SiloOutcome> Restart(string name, string by, Action<string>? tell, CancellationToken cancellationToken) => Run(
        name, tell, (operations, life) => operations.Restart(name, life, by),
        (before, now) => now.Status == SiloStatus.Active && !now.SiloAddress.Equals(before.SiloAddress), cancellationToken);

    private async Task<SiloOutcome> Run(
        string name, Action<string>? tell, Func<IOperationsGrain, SiloAddress?, Task<Refusal?>> ask, Func<MembershipEntry, MembershipEntry, bool> isDone,
        CancellationToken cancellationToken)
    {
        var start = time.GetTimestamp();
        var lives = await silos.NewestLives(cancellationToken);
        if (lives.FirstOrDefault(life => life.SiloName == name) is not { } before)
            return new SiloOutcome.Refused(new Refusal("unknown-silo", $"There is no silo '{name}'. There are: {string.Join(", ", lives.Select(l => l.SiloName).Order(StringComparer.Ordinal))}."));
        var living = before.Status == SiloStatus.Dead ? null : before.SiloAddress;
        if (await cluster.Call(grains => ask(grains.GetGrain<IOperationsGrain>(0), living), cancellationToken) is { } why)
            return new SiloOutcome.Refused(why);

        var now = before;
        while (!isDone(before, now))
        {
            if (time.GetElapsedTime(start) > options.Value.WaitFor)
                return new SiloOutcome.UnderWay(name, now.Status.ToString(), time.GetElapsedTime(start));
            await Task.Delay(PollPeriod, time, cancellationToken);
            now = await Newest(name, cancellationToken) ?? now;
            tell?.Invoke(now.Status.ToString());
        }

        return new SiloOutcome.Done(name, now.Status.ToString(), time.GetElapsedTime(start));
    }

    // The question may have gone to the very silo that leaves.
    private async Task<MembershipEntry?> Newest(string name, CancellationToken cancellationToken)
    {
        try
        {
            return (await silos.NewestLives(cancellationToken)).FirstOrDefault(life => life.SiloName == name);
        }
        catch (Exception e) when (ClusterFailure.IsUnavailable(e) && !cancellationToken.IsCancellationRequested)
        {
            return null;
        }
    }
}

/// <summary>What became of an operation on a silo.</summary>
internal abstract record SiloOutcome
{
    /// <param name="Status">The silo's, in the words of the membership.</param>
    internal sealed record Done(string Name, string Status, TimeSpan Took) : SiloOutcome;

    /// <summary>It goes on, or whoever supervises the silo's process does not do as it is asked.</summary>
    /// <inheritdoc cref="Done" path="/param"/>
    internal sealed record UnderWay(string Name, string Status, TimeSpan Took) : SiloOutcome;

    /// <summary>Nothing was changed.</summary>
    internal sealed record Refused(Refusal Why) : SiloOutcome;
}
