using System.Collections.Immutable;

namespace TravelHub.Grains.Abstractions.Faults;

/// <summary>
/// Switches that make payment replicas lie and components fail, for experiments alone. Its key is 0. It works only where silos were started with
/// faults switched on; elsewhere every call fails.
/// </summary>
[Alias("travelhub.faults")]
public interface IFaultsGrain : IGrainWithIntegerKey
{
    /// <summary>Switches a fault on, or another one in its place. Answers when all silos act on it.</summary>
    /// <param name="replica"><c>group/number</c>.</param>
    /// <returns>Null when done.</returns>
    [Alias("put")]
    Task<Refusal?> Put(string replica, ReplicaFault fault);

    /// <summary>Switches a replica's fault off; none is fine too.</summary>
    [Alias("clear")]
    Task Clear(string replica);

    [Alias("all")]
    Task<ImmutableDictionary<string, ReplicaFault>> All();

    /// <summary>Switches a component's fault on, or another one in its place. Answers when all silos act on it.</summary>
    /// <param name="component">search, inventory, reservations, payments or analytics.</param>
    /// <returns>Null when done.</returns>
    [Alias("put-component")]
    Task<Refusal?> PutComponent(string component, ComponentFault fault);

    /// <summary>Switches a component's fault off; none is fine too.</summary>
    [Alias("clear-component")]
    Task ClearComponent(string component);

    [Alias("components")]
    Task<ImmutableDictionary<string, ComponentFault>> Components();
}

/// <summary>How a component fails.</summary>
[GenerateSerializer, Alias("travelhub.component-fault-kind.v1")]
public enum ComponentFaultKind
{
    /// <summary>Each call fails at once, as if no silo had it.</summary>
    Dead,

    /// <summary>No call is taken up until the fault is over.</summary>
    Hung,

    /// <summary>Each call is taken up <see cref="ComponentFault.Milliseconds"/> later.</summary>
    Slow,
}

/// <param name="Milliseconds">1 to 100,000. Without meaning for the other kinds.</param>
[GenerateSerializer, Immutable, Alias("travelhub.component-fault.v1")]
public sealed record ComponentFault([property: Id(0)] ComponentFaultKind Kind, [property: Id(1)] int Milliseconds = 1);

/// <summary>How a replica misbehaves.</summary>
[GenerateSerializer, Alias("travelhub.replica-fault-kind.v1")]
public enum ReplicaFaultKind
{
    /// <summary>The amount times <see cref="ReplicaFault.Parameter"/>.</summary>
    WrongByFactor,

    /// <summary>One minor unit too much.</summary>
    OffByOne,

    /// <summary>No answer while the fault is on.</summary>
    Silent,

    /// <summary>The answer comes after <see cref="ReplicaFault.Parameter"/> milliseconds.</summary>
    Slow,

    /// <summary>An answer on another input than the one that was asked about.</summary>
    Malformed,

    /// <summary>Right the first time, and another amount each time that it is asked the same again.</summary>
    Equivocating,

    /// <summary>A wrong amount, the same for all that collude under this <see cref="ReplicaFault.Parameter"/>.</summary>
    Colluding,
}

/// <param name="Parameter">A factor, milliseconds or a conspiracy's number; 1 to 100,000. Without meaning for the other kinds.</param>
[GenerateSerializer, Immutable, Alias("travelhub.replica-fault.v1")]
public sealed record ReplicaFault([property: Id(0)] ReplicaFaultKind Kind, [property: Id(1)] int Parameter = 1);
