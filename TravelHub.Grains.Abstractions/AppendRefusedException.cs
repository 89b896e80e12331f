namespace TravelHub.Grains.Abstractions;

/// <summary>Another activation has written to the stream since this one read it. Nothing was written; the call may be repeated.</summary>
[GenerateSerializer, Alias("travelhub.append-refused.v1")]
public sealed class AppendRefusedException() : Exception("Another activation has written to this stream; repeat the call.");
