namespace TravelHub.Grains.Abstractions;

/// <summary>Too many appends wait for the log already; nothing was done. Repeat the call later.</summary>
[GenerateSerializer, Alias("travelhub.log-overloaded.v1")]
public sealed class LogOverloadedException() : Exception("Too many writes wait for the event log; repeat the call later.");
