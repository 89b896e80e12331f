using System.Collections.Immutable;

namespace TravelHub.Grains.Abstractions.Operations;

/// <summary>What came of a wish of an operator about a silo.</summary>
/// <param name="WhyNot">Null when the wish is durable.</param>
/// <param name="Told">The lives that were told to stop after it was, and said so: whoever supervises them finds it when they have ended.</param>
[GenerateSerializer, Immutable, Alias("travelhub.silo-wish-answer.v1")]
public sealed record SiloWishAnswer([property: Id(0)] Refusal? WhyNot, [property: Id(1)] ImmutableArray<SiloAddress> Told)
{
    public static SiloWishAnswer No(string code, string detail) => new(new Refusal(code, detail), []);
}
