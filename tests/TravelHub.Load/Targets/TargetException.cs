namespace TravelHub.Load.Targets;

/// <summary>What the program was given cannot be used. The message is for the person at the terminal.</summary>
internal sealed class TargetException(string message, Exception? inner = null) : Exception(message, inner);
