namespace TravelHub.Client.Http;

/// <summary>What a command was given cannot be used. The message is a whole sentence for the person at the terminal; exit code 2.</summary>
internal sealed class InputException(string message, Exception? inner = null) : Exception(message, inner)
{
    public const int ExitCode = 2;
}
