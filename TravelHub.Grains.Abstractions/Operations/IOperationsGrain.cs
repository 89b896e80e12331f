using System.Collections.Immutable;

namespace TravelHub.Grains.Abstractions.Operations;

/// <summary>
/// Takes silos away and has them started again. What is wanted is durable before anything is stopped, so that the supervisor, which is another process,
/// finds it whenever it looks. There is one, key 0.
/// </summary>
[Alias("travelhub.operations")]
public interface IOperationsGrain : IGrainWithIntegerKey
{
    /// <summary>Has a silo stop in order, and be left away. Answers when it has been told; the membership tells when it is gone.</summary>
    /// <param name="life">Which life of the silo is meant; null for one that does not live. A later life is left alone, so that the call may be repeated.</param>
    /// <returns>Null when done; <c>last-silo</c> when no other would be left.</returns>
    [Alias("deactivate")]
    Task<Refusal?> Deactivate(string silo, SiloAddress? life, string by);

    /// <summary>Has a silo run again: one that lives stops first, one that was taken away is wanted again.</summary>
    /// <inheritdoc cref="Deactivate" path="/param"/>
    /// <returns>Null when done; <c>last-silo</c> when no other would be left meanwhile.</returns>
    [Alias("restart")]
    Task<Refusal?> Restart(string silo, SiloAddress? life, string by);

    /// <returns>The silos that an operator took away.</returns>
    [Alias("away")]
    Task<ImmutableArray<string>> Away();
}
