using System.Collections.Concurrent;
using TravelHub.Grains.EventLog;

namespace TravelHub.Grains.Faults;

/// <summary>A planted bug: says done at once, and writes behind the caller's back. A stream's appends keep their order.</summary>
internal sealed class HastyEventLog(IEventLog log) : IEventLog
{
    private readonly ConcurrentDictionary<string, Task> _behind = new();

    public IAsyncEnumerable<LoggedEvent> Read(string stream, long afterVersion, CancellationToken cancellationToken) =>
        log.Read(stream, afterVersion, cancellationToken);

    public Task Append(StreamAppend append)
    {
        _behind.AddOrUpdate(append.Stream, _ => Write(Task.CompletedTask, append), (_, before) => Write(before, append));
        return Task.CompletedTask;
    }

    private async Task Write(Task before, StreamAppend append)
    {
        try
        {
            await before;
            await log.Append(append);
        }
        catch (Exception)
        {
            // Whom should it tell? The caller went away content.
        }
    }
}
