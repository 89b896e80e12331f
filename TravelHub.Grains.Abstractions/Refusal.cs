namespace TravelHub.Grains.Abstractions;

/// <summary>A no, and why. The code is stable and part of the gateway's contract; the sentence tells what to do.</summary>
[GenerateSerializer, Immutable, Alias("travelhub.refusal.v1")]
public sealed record Refusal([property: Id(0)] string Code, [property: Id(1)] string Detail);
