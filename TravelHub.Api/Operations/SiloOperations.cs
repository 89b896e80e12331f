using System.Collections.Immutable;
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
        name, tell, (operations, _, askedAt) => operations.Deactivate(name, by, askedAt),
        (_, told, now, wishedFor) => IsGone(now, told, wishedFor, options.Value.LongestStart), cancellationToken);

    /// <summary>Has a silo run again, in a new life.</summary>
    /// <inheritdoc cref="Deactivate" path="/param"/>
    public Task<SiloOutcome> Restart(string name, string by, Action<string>? tell, CancellationToken cancellationToken) => Run(
        name, tell, (operations, before, askedAt) => operations.Restart(name, LifeToEnd(before), by, askedAt),
        (before, _, now, _) => IsBack(now, LifeToEnd(before)), cancellationToken);

    /// <summary>Whether a silo that was taken away is dead and no other life of it can come any more.</summary>
    /// <param name="told">Those that lived when the wish was durable: nobody starts a silo again after their end.</param>
    /// <param name="wishedFor">Time since the wish was durable. A life that was on its way then, in no membership yet, has shown up after a start's time.</param>
    internal static bool IsGone(MembershipEntry now, ImmutableArray<SiloAddress> told, TimeSpan wishedFor, TimeSpan longestStart) =>
        now.Status == SiloStatus.Dead && (told.Contains(now.SiloAddress) || wishedFor >= longestStart);

    /// <returns>The life that a restart has stop; null when there is none, or when the new one is on its way already.</returns>
    internal static SiloAddress? LifeToEnd(MembershipEntry before) =>
        before.Status is SiloStatus.Dead or SiloStatus.Created or SiloStatus.Joining ? null : before.SiloAddress;

    /// <summary>Whether a silo runs, in another life than the one that was to end.</summary>
    internal static bool IsBack(MembershipEntry now, SiloAddress? ended) => now.Status == SiloStatus.Active && !now.SiloAddress.Equals(ended);

    private async Task<SiloOutcome> Run(
        string name, Action<string>? tell, Func<IOperationsGrain, MembershipEntry, DateTimeOffset, Task<SiloWishAnswer>> ask,
        Func<MembershipEntry, ImmutableArray<SiloAddress>, MembershipEntry, TimeSpan, bool> isDone, CancellationToken cancellationToken)
    {
        var start = time.GetTimestamp();
        var lives = await silos.NewestLives(cancellationToken);
        if (lives.FirstOrDefault(life => life.SiloName == name) is not { } before)
            return new SiloOutcome.Refused(new Refusal("unknown-silo", $"There is no silo '{name}'. There are: {string.Join(", ", lives.Select(l => l.SiloName).Order(StringComparer.Ordinal))}."));
        // Once for all repeats of the call.
        var askedAt = await cluster.Call(grains => grains.GetGrain<IOperationsGrain>(0).Now(), cancellationToken);
        var answer = await cluster.Call(grains => ask(grains.GetGrain<IOperationsGrain>(0), before, askedAt), cancellationToken);
        if (answer.WhyNot is { } why)
            return new SiloOutcome.Refused(why);

        var wished = time.GetTimestamp();
        var now = before;
        while (!isDone(before, answer.Told, now, time.GetElapsedTime(wished)))
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

    /// <summary>It is not done.</summary>
    internal sealed record Refused(Refusal Why) : SiloOutcome;
}
