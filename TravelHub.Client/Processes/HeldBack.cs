using System.Collections.Concurrent;

namespace TravelHub.Client.Processes;

/// <summary>Processes that are left away for now: one that ends meanwhile is not started again.</summary>
internal sealed class HeldBack
{
    private readonly ConcurrentDictionary<string, TaskCompletionSource> _names = new();

    /// <summary>Holds a process back until the result is disposed of. One at a time holds the same.</summary>
    public IDisposable Begin(string name)
    {
        var free = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        return _names.TryAdd(name, free)
            ? new End(() =>
            {
                if (_names.TryRemove(name, out _))
                    free.SetResult();
            })
            : throw new InvalidOperationException($"{name} is held back already.");
    }

    public Task UntilFree(string name, CancellationToken cancellationToken) =>
        _names.TryGetValue(name, out var free) ? free.Task.WaitAsync(cancellationToken) : Task.CompletedTask;

    private sealed class End(Action end) : IDisposable
    {
        public void Dispose() => end();
    }
}
