namespace TravelHub.Api.Resilience;

/// <summary>What a call's end says of its dependency.</summary>
internal enum CallVerdict
{
    /// <summary>It answered; a refusal is an answer.</summary>
    Answered,

    /// <summary>It could not be reached, or did not say what became of the call.</summary>
    Failed,

    /// <summary>Nothing: the caller went away first.</summary>
    Unknown,
}
