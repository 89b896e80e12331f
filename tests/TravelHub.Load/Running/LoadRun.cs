using TravelHub.Load.Recording;
using TravelHub.Load.Reporting;
using TravelHub.Load.Schedule;
using TravelHub.Load.Sending;

namespace TravelHub.Load.Running;

/// <summary>
/// One run of a schedule. Each request is sent at its time, whether or not earlier ones were answered; only the cap on requests in
/// flight holds it, and then the wait is part of its latency.
/// </summary>
public sealed class LoadRun : IDisposable
{
    private readonly LoadOptions _options;
    private readonly IRequestSender _sender;
    private readonly TimeProvider _time;
    private readonly CancellationToken _abort;
    private readonly CancellationTokenSource _stop = new();
    private readonly SemaphoreSlim _slots;
    private readonly LoadRecorder _recorder;
    private readonly RequestHistory _history = new();
    private readonly Action<RequestRecord>? _onOver;
    private readonly long _began;

    // Every request due before it was kept by the cap, by itself or behind another. Only the dispatcher touches it.
    private TimeSpan _heldUntil;

    // When the last place was given back while all were taken, in ticks of Elapsed. Whoever was due before has waited for it, whether or not
    // the dispatcher was quick enough to be seen waiting.
    private long _fullUntilTicks;

    private LoadRun(
        LoadOptions options, IRequestSender sender, TimeProvider time, Action<RequestRecord>? onOver, CancellationToken abort)
    {
        (_options, _sender, _time, _onOver, _abort) = (options, sender, time, onOver, abort);
        _slots = new SemaphoreSlim(options.MaxInFlight);
        _recorder = new LoadRecorder(options);
        var requests = LoadSchedule.Of(options);
        StartedAt = time.GetUtcNow();
        _began = time.GetTimestamp();
        Completion = Task.Run(() => Run(requests), CancellationToken.None);
    }

    /// <summary>When the run began; the times of its requests count from here.</summary>
    public DateTimeOffset StartedAt { get; }

    /// <summary>Ends when every request has its fate. A cancelled or stopped run ends too, and reports what it did until then.</summary>
    public Task<LoadReport> Completion { get; }

    /// <summary>Every request that is over, in the order in which they ended; empty when <see cref="LoadOptions.KeepHistory"/> is off.</summary>
    public IReadOnlyList<RequestRecord> History => _history.Snapshot();

    private TimeSpan Elapsed => _time.GetElapsedTime(_began);

    /// <summary>Starts a run.</summary>
    /// <param name="options">What is sent, and when.</param>
    /// <param name="sender">Brings it to the target; belongs to the caller, who keeps it until <see cref="Completion"/>.</param>
    /// <param name="time">The clock of the schedule, the latencies and the time-outs.</param>
    /// <param name="onOver">Told of each request that is over and has left its place, from many threads; must be quick and not throw. Null for none.</param>
    /// <param name="cancellationToken">Cuts the run: nothing more is sent, and what is under way is given up as indeterminate.</param>
    /// <exception cref="ArgumentException">The options are out of range; names everything that is.</exception>
    public static LoadRun Start(
        LoadOptions options, IRequestSender sender, TimeProvider time, Action<RequestRecord>? onOver, CancellationToken cancellationToken) =>
        new(options, sender, time, onOver, cancellationToken);

    /// <summary>Sends nothing more; what is under way is waited for.</summary>
    public void Stop() => _stop.Cancel();

    /// <summary>Only after <see cref="Completion"/>.</summary>
    public void Dispose()
    {
        _stop.Dispose();
        _slots.Dispose();
    }

    private async Task<LoadReport> Run(IEnumerable<PlannedRequest> requests)
    {
        var dispatchedFor = await Dispatch(requests);
        // Whoever has all slots knows that nobody is under way.
        for (var i = 0; i < _options.MaxInFlight; i++)
            await _slots.WaitAsync(CancellationToken.None);
        return _recorder.Report(StartedAt, dispatchedFor, isCut: _stop.IsCancellationRequested || _abort.IsCancellationRequested);
    }

    /// <returns>How long requests were due: to the schedule's end, or to the moment the run was cut.</returns>
    private async Task<TimeSpan> Dispatch(IEnumerable<PlannedRequest> requests)
    {
        var end = _options.WarmUp + _options.Duration;
        using var deadline = new CancellationTokenSource(end + _options.Timeout, _time);
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(_stop.Token, _abort, deadline.Token);
        using var queue = requests.GetEnumerator();
        while (queue.MoveNext())
        {
            try
            {
                await WaitUntil(queue.Current.Start, ending.Token);
                var isHeld = await TakeSlot(queue.Current, ending.Token);
                _ = Send(queue.Current, isHeld);
            }
            catch (OperationCanceledException) when (ending.IsCancellationRequested)
            {
                var now = Elapsed;
                GiveUpDue(queue, now);
                return now < end ? now : end;
            }
        }

        return end;
    }

    private async ValueTask WaitUntil(TimeSpan start, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        for (TimeSpan left; (left = start - Elapsed) > TimeSpan.Zero;)
        {
            // Timers count whole milliseconds: rounded down, the last one would be spent in a spin that the target needs the core for.
            var alarm = Task.Delay(TimeSpan.FromMilliseconds(Math.Ceiling(left.TotalMilliseconds)), _time, cancellationToken);
            // The clock may have gone on between being read and the timer being armed.
            if (Elapsed >= start)
                return;
            await alarm;
        }
    }

    /// <returns>Whether the cap held the request.</returns>
    private async ValueTask<bool> TakeSlot(PlannedRequest request, CancellationToken cancellationToken)
    {
        if (_slots.Wait(TimeSpan.Zero, CancellationToken.None))
            return request.Start < _heldUntil || request.Start.Ticks < Volatile.Read(ref _fullUntilTicks);
        await _slots.WaitAsync(cancellationToken);
        _heldUntil = Elapsed;
        return true;
    }

    private async Task Send(PlannedRequest request, bool isHeld)
    {
        var sent = Elapsed;
        var fate = await Fate(request);
        var record = new RequestRecord(request, sent, Elapsed, isHeld, fate);
        Record(record);
        if (_slots.CurrentCount == 0)
            Volatile.Write(ref _fullUntilTicks, record.Completed.Ticks);
        // Whoever is told that it is over finds its place free.
        _slots.Release();
        _onOver?.Invoke(record);
    }

    private async Task<RequestFate> Fate(PlannedRequest request)
    {
        using var timeout = new CancellationTokenSource(_options.Timeout, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, _abort);
        try
        {
            return await _sender.Send(request, either.Token);
        }
        catch (OperationCanceledException)
        {
            return new RequestFate.Indeterminate(
                _abort.IsCancellationRequested ? "The run was cancelled." : $"No answer within {_options.Timeout.TotalSeconds:0.###} s.");
        }
        catch (Exception e)
        {
            // Whatever a sender stumbled over, the request may have left it.
            return new RequestFate.Indeterminate($"{e.GetType().Name}: {e.Message}");
        }
    }

    // What was due and held counts, with the latency it had by then: left out, the worst of the run would not be seen.
    private void GiveUpDue(IEnumerator<PlannedRequest> queue, TimeSpan now)
    {
        do
        {
            if (queue.Current.Start > now)
                return;
            var unsent = new RequestRecord(queue.Current, Sent: null, now, IsHeld: true, new RequestFate.NeverSent());
            Record(unsent);
            _onOver?.Invoke(unsent);
        }
        while (queue.MoveNext());
    }

    private void Record(RequestRecord record)
    {
        _recorder.Record(record);
        if (_options.KeepHistory)
            _history.Add(record);
    }
}
