using System.Threading.Channels;
using TravelHub.Load.Schedule;
using TravelHub.Load.Sending;

namespace TravelHub.Load.Tests.Running;

/// <summary>Never answers a request before it is told to.</summary>
internal sealed class ScriptedSender : IRequestSender
{
    private readonly TaskCompletionSource<RequestFate> _answer = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Channel<PlannedRequest> _sent = Channel.CreateUnbounded<PlannedRequest>();

    public ValueTask<PlannedRequest> Sent(CancellationToken cancellationToken) => _sent.Reader.ReadAsync(cancellationToken);

    public void AnswerAll() => _answer.SetResult(new RequestFate.Answered(201, null));

    public void BreakAll() => _answer.SetException(new InvalidOperationException("broken"));

    public Task<RequestFate> Send(PlannedRequest request, CancellationToken cancellationToken)
    {
        _sent.Writer.TryWrite(request);
        return _answer.Task.WaitAsync(cancellationToken);
    }
}
