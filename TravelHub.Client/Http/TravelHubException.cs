namespace TravelHub.Client.Http;

/// <summary>The gateway refused, or could not be reached for as long as the client was patient.</summary>
internal sealed class TravelHubException : Exception
{
    public TravelHubException(Problem problem)
        : base(problem.ToString()) => Problem = problem;

    public TravelHubException(string message, Exception? inner = null)
        : base(message, inner)
    {
    }

    /// <summary>The whole problem document, or null when there was no answer or one that makes no sense.</summary>
    public Problem? Problem { get; }
}
