namespace TravelHub.Grains.Abstractions.Inventory;

/// <summary>What became of a request for rooms. A refusal is an answer, not an error.</summary>
[GenerateSerializer, Immutable, Alias("travelhub.hold-outcome.v1")]
public abstract record HoldOutcome
{
    /// <summary>The rooms are held on every night.</summary>
    [GenerateSerializer, Immutable, Alias("travelhub.hold-outcome.held.v1")]
    public sealed record Held : HoldOutcome;

    /// <summary>No night was taken, because this one lacks rooms.</summary>
    [GenerateSerializer, Immutable, Alias("travelhub.hold-outcome.sold-out.v1")]
    public sealed record SoldOut([property: Id(0)] DateOnly Night, [property: Id(1)] int Left) : HoldOutcome;
}
