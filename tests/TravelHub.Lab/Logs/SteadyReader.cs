using System.Data.Common;
using Npgsql;
using TravelHub.Grains.EventLog;

namespace TravelHub.Lab.Logs;

/// <summary>
/// A reader of the log that runs all along, as a projection would: a page counts only once the stored cursor is behind it, and it goes on from
/// the stored cursor alone.
/// </summary>
internal sealed class SteadyReader(LogReader log, TimeProvider time)
{
    private const string Name = "lab";
    private const int PageSize = 1_000;

    private static readonly TimeSpan PollPeriod = TimeSpan.FromMilliseconds(20);
    private static readonly string[] AllTypes = [.. EventTypes.Names];

    private readonly Dictionary<(string Stream, long Version), int> _seen = [];

    /// <summary>How often each event was seen.</summary>
    public IReadOnlyDictionary<(string Stream, long Version), int> Seen => _seen;

    /// <summary>Reads on until it is told that nothing more is written, and then to the end.</summary>
    /// <exception cref="OperationCanceledException">It is given up.</exception>
    public async Task Run(CancellationToken nothingMore, CancellationToken giveUp)
    {
        while (true)
        {
            // Asked before the page is read, so that the last page is of after the last write.
            var isOver = nothingMore.IsCancellationRequested;
            try
            {
                if (await ReadPage(giveUp) == 0 && isOver)
                    return;
            }
            catch (Exception e) when (e is DbException or IOException or TimeoutException)
            {
                // The database is away: it is asked again.
                isOver = false;
            }

            await Task.Delay(PollPeriod, time, giveUp);
        }
    }

    private async Task<int> ReadPage(CancellationToken cancellationToken)
    {
        var page = await log.Read(await log.Cursor(Name, cancellationToken), PageSize, AllTypes, cancellationToken);
        if (page.Events.Count == 0)
            return 0;
        await Move(page.Next, cancellationToken);
        foreach (var (stream, logged) in page.Events)
            _seen[(stream, logged.Version)] = _seen.GetValueOrDefault((stream, logged.Version)) + 1;
        return page.Events.Count;
    }

    // Unknown is not no: a move whose answer was lost is repeated, and the cursor never moves back.
    private async Task Move(LogCursor to, CancellationToken cancellationToken)
    {
        while (true)
        {
            try
            {
                await log.Move(Name, to, cancellationToken);
                return;
            }
            catch (NpgsqlException)
            {
                await Task.Delay(PollPeriod, time, cancellationToken);
            }
        }
    }
}
