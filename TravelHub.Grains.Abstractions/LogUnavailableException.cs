namespace TravelHub.Grains.Abstractions;

/// <summary>
/// The log could not be reached, or did not say whether an append took effect. What was asked may or may not have happened:
/// repeat the call with the same id.
/// </summary>
[GenerateSerializer, Alias("travelhub.log-unavailable.v1")]
public sealed class LogUnavailableException() : Exception("The event log does not answer; repeat the call with the same id.");
