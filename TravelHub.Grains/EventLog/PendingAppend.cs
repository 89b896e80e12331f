using System.Diagnostics;

namespace TravelHub.Grains.EventLog;

/// <summary>An append that waits for its commit, with its events already in their stored form.</summary>
internal sealed class PendingAppend
{
    private readonly TaskCompletionSource _durable = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public PendingAppend(StreamAppend append)
    {
        Append = append;
        Events = new (string, string)[append.Events.Count];
        for (var i = 0; i < Events.Length; i++)
            Events[i] = EventTypes.Write(append.Events[i]);
    }

    public StreamAppend Append { get; }

    /// <summary>Names this append in the log, so that a lost answer can be looked up.</summary>
    public Guid Id { get; } = Guid.CreateVersion7();

    public (string Type, string Payload)[] Events { get; }

    public string Stream => Append.Stream;

    /// <summary>Whose trace waits for it; null when that is not recorded.</summary>
    public ActivityContext? Trace { get; } = Activity.Current is { Recorded: true } current ? current.Context : null;

    /// <summary>Completes when the events are durable.</summary>
    public Task Durable => _durable.Task;

    public void Succeed() => _durable.SetResult();

    public void Fail(Exception why) => _durable.SetException(why);
}
