using System.Collections.Immutable;
using Orleans.Concurrency;

namespace TravelHub.Grains.Abstractions.Operations;

/// <summary>
/// Takes silos away and has them started again. What is wanted is durable before anything is stopped, so that the supervisor, which is another process,
/// finds it whenever it looks. There is one, key 0.
/// </summary>
[Alias("travelhub.operations")]
public interface IOperationsGrain : IGrainWithIntegerKey
{
    /// <returns>The database's time, by which wishes are put in order: no gateway's clock matters.</returns>
    [Alias("now"), AlwaysInterleave]
    Task<DateTimeOffset> Now();

    /// <summary>Has a silo stop in order, whichever life of it is there, and be left away. Answers when it has been told; the membership tells when it is gone.</summary>
    /// <param name="askedAt">What <see cref="Now"/> said when this was first asked for; a repeat says the same, so that one that comes late undoes nothing.</param>
    /// <returns>The no is <c>last-silo</c> when no other would be left, <c>overtaken</c> when something was asked of this silo since.</returns>
    [Alias("deactivate.v2")]
    Task<SiloWishAnswer> Deactivate(string silo, string by, DateTimeOffset askedAt);

    /// <summary>Has a silo run again: one that lives stops first, one that was taken away is wanted again.</summary>
    /// <param name="life">Which life is to stop; null for none. A later life is left alone, so that the call may be repeated.</param>
    /// <inheritdoc cref="Deactivate" path="/param"/>
    /// <returns>The no is <c>last-silo</c> when no other would be left meanwhile, <c>overtaken</c> when something was asked of this silo since.</returns>
    [Alias("restart.v2")]
    Task<SiloWishAnswer> Restart(string silo, SiloAddress? life, string by, DateTimeOffset askedAt);

    /// <returns>The silos that an operator took away.</returns>
    [Alias("away"), AlwaysInterleave]
    Task<ImmutableArray<string>> Away();
}
