namespace TravelHub.Grains.Abstractions.Inventory;

/// <summary>What the reservation says of its hold. Only its stream decides; inventory never ends a hold by its own clock.</summary>
[GenerateSerializer, Alias("travelhub.hold-fate.v1")]
public enum HoldFate
{
    /// <summary>Not decided yet: the hold stays.</summary>
    Keep,

    /// <summary>The stay is confirmed: the rooms are sold.</summary>
    Sold,

    /// <summary>The reservation ended without these rooms: they are free again.</summary>
    Released,
}

/// <summary>A fate, and the version of the reservation's stream that it rests on. An older word than one already heard is ignored.</summary>
[GenerateSerializer, Immutable, Alias("travelhub.hold-ruling.v1")]
public readonly record struct HoldRuling([property: Id(0)] HoldFate Fate, [property: Id(1)] long ReservationVersion);
