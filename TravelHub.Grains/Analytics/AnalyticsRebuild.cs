using Microsoft.Extensions.Configuration;
using TravelHub.Grains.EventLog;

namespace TravelHub.Grains.Analytics;

/// <summary>Makes all figures anew from the log, while the service runs: its own reader helps, and each event is counted by one of the two.</summary>
public static class AnalyticsRebuild
{
    /// <returns>How many events of the log were counted.</returns>
    public static async Task<long> Run(IConfiguration configuration, CancellationToken cancellationToken)
    {
        var options = configuration.GetSection("Analytics").Get<AnalyticsOptions>() ?? new AnalyticsOptions();
        await using var database = AnalyticsDatabase.Of(configuration, options);
        var reader = new AnalyticsReader(database, new LogReader(database.Log), options.PageSize, TimeProvider.System);
        await reader.Restart(cancellationToken);
        while (!(await reader.Step(cancellationToken)).IsLast)
            await Task.Delay(options.PauseBetweenPages, TimeProvider.System, cancellationToken);
        return (await new AnalyticsStore(database.Figures).Place(cancellationToken)).Events;
    }
}
