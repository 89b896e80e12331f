using System.Text.Json;

namespace TravelHub.Lab.Workload;

/// <summary>All that clients were told, in memory and as lines of <c>history.jsonl</c>; for many threads.</summary>
internal sealed class History : IDisposable
{
    private readonly Lock _gate = new();
    private readonly TimeProvider _time;
    private readonly long _start;
    private readonly int _enough;
    private readonly StreamWriter _file;
    private readonly List<Acknowledgement> _acknowledged = [];
    private readonly List<LabRequest> _unanswered = [];
    private readonly TaskCompletionSource _isEnough = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private double _lastSuccess;
    private double? _loadEndedAt;
    private bool _doesAnybodyWait;

    /// <param name="enough">Answers after which <see cref="IsEnough"/> completes.</param>
    public History(string path, TimeProvider time, int enough = 0)
    {
        (_time, _start, _enough) = (time, time.GetTimestamp(), enough);
        _file = new StreamWriter(path);
        if (enough == 0)
            _isEnough.SetResult();
    }

    /// <summary>Completes once clients were told as much as was asked for.</summary>
    public Task IsEnough => _isEnough.Task;

    public long Requests { get; private set; }

    /// <summary>Attempts of requests that carried a payment token.</summary>
    public long PaymentAttempts { get; private set; }

    /// <summary>Attempts that said nothing of their outcome.</summary>
    public long Indeterminate { get; private set; }

    /// <summary>The longest time in which nobody's request succeeded; one at the end of the load lasts until the first success of those who still wait.</summary>
    public double LongestStretchSeconds { get; private set; }

    /// <summary>Requests whose outcome was never known.</summary>
    public IReadOnlyList<LabRequest> Unanswered => _unanswered;

    public IReadOnlyList<Acknowledgement> Acknowledged => _acknowledged;

    /// <summary>What was told so far.</summary>
    public IReadOnlyList<Acknowledgement> Snapshot()
    {
        lock (_gate)
            return [.. _acknowledged];
    }

    /// <summary>An attempt was made.</summary>
    /// <param name="reply">Null when it said nothing of its outcome.</param>
    public void Add(LabRequest request, Reply? reply)
    {
        lock (_gate)
        {
            Requests++;
            _doesAnybodyWait |= _loadEndedAt is not null;
            if (request.Command is LabRequest.Book or LabRequest.Pay)
                PaymentAttempts++;
            if (reply is null)
            {
                Indeterminate++;
                return;
            }

            var now = Now;
            if (reply.IsSuccess)
                EndStretch(now);
            var told = Acknowledgement.Of(request, reply, Math.Round(now, 3));
            _acknowledged.Add(told);
            _file.WriteLine(JsonSerializer.Serialize(told, JsonSerializerOptions.Web));
            if (_acknowledged.Count >= _enough)
                _isEnough.TrySetResult();
        }
    }

    /// <summary>A request is given up.</summary>
    public void GiveUp(LabRequest request)
    {
        lock (_gate)
            _unanswered.Add(request);
    }

    /// <summary>The load is over; who was not answered still waits.</summary>
    public void EndLoad()
    {
        lock (_gate)
            _loadEndedAt = Now;
    }

    /// <summary>Nobody waits any more.</summary>
    public void End()
    {
        lock (_gate)
        {
            EndStretch(_doesAnybodyWait ? Now : _loadEndedAt ?? Now);
            _file.Flush();
        }
    }

    public void Dispose() => _file.Dispose();

    private double Now => _time.GetElapsedTime(_start).TotalSeconds;

    // After the load successes come as they may: only the first of them ends what began in it.
    private void EndStretch(double now)
    {
        if (_lastSuccess > _loadEndedAt)
            return;
        LongestStretchSeconds = Math.Max(LongestStretchSeconds, now - _lastSuccess);
        _lastSuccess = now;
    }
}
