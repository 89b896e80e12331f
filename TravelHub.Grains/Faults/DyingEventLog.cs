using TravelHub.Grains.EventLog;

namespace TravelHub.Grains.Faults;

/// <summary>The log of a silo that dies before an append, or after its commit and before the writer hears of it.</summary>
internal sealed class DyingEventLog(IEventLog log, ArmedFailpoint failpoint) : IEventLog
{
    public IAsyncEnumerable<LoggedEvent> Read(string stream, long afterVersion, CancellationToken cancellationToken) =>
        log.Read(stream, afterVersion, cancellationToken);

    public Task Append(StreamAppend append) => failpoint.Around(
        [.. append.Events.Select(e => EventTypes.Write(e).Type)], ArmedFailpoint.Concerned(append.Stream, append.Events), () => log.Append(append));
}
