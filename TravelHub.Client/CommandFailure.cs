namespace TravelHub.Client;

/// <summary>
/// A command that cannot do what it was asked. The message is a whole sentence for the person at the terminal, who is shown it
/// instead of a stack trace, so it says what to do next.
/// </summary>
internal sealed class CommandFailure(string message, Exception? inner = null) : Exception(message, inner);
