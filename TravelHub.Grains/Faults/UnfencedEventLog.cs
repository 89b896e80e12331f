using TravelHub.Grains.Abstractions;
using TravelHub.Grains.EventLog;

namespace TravelHub.Grains.Faults;

/// <summary>A planted bug: what a writer decided goes in behind whatever others have written meanwhile.</summary>
internal sealed class UnfencedEventLog(IEventLog log) : IEventLog
{
    public IAsyncEnumerable<LoggedEvent> Read(string stream, long afterVersion, CancellationToken cancellationToken) =>
        log.Read(stream, afterVersion, cancellationToken);

    public async Task Append(StreamAppend append)
    {
        while (true)
        {
            try
            {
                await log.Append(append);
                return;
            }
            catch (AppendRefusedException)
            {
                append = append with { ExpectedVersion = await Version(append.Stream) };
            }
        }
    }

    private async Task<long> Version(string stream)
    {
        var version = 0L;
        await foreach (var logged in log.Read(stream, afterVersion: 0, CancellationToken.None))
            version = logged.Version;
        return version;
    }
}
