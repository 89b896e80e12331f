using TravelHub.Load.Schedule;

namespace TravelHub.Load.Sending;

/// <summary>Brings one request to the target, once: a repetition would hide what the target did.</summary>
public interface IRequestSender
{
    /// <summary>Sends it and waits for what becomes of it.</summary>
    /// <exception cref="OperationCanceledException">It was given up while under way; what became of it is not known.</exception>
    Task<RequestFate> Send(PlannedRequest request, CancellationToken cancellationToken);
}
