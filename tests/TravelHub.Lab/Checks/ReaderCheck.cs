using TravelHub.Client.Replay.Audit;
using TravelHub.Lab.Logs;

namespace TravelHub.Lab.Checks;

/// <summary>Judges a reader that ran all along.</summary>
internal static class ReaderCheck
{
    /// <param name="seen">How often it saw each event.</param>
    public static CheckResult Of(IReadOnlyDictionary<(string Stream, long Version), int> seen, ReplayedLog log)
    {
        var events = log.StreamVersions.Values.Sum();
        return CheckResult.Of(
            "a reader that ran all along saw each event once",
            $"events: {events}",
            Lost(seen, log).Concat(seen.Where(one => one.Value > 1).Select(one => $"{one.Key.Stream} version {one.Key.Version}: seen {one.Value} times"))
                .Concat(seen.Keys.Where(key => key.Version > log.StreamVersions.GetValueOrDefault(key.Stream))
                    .Select(key => $"{key.Stream} version {key.Version}: seen, and not in the log")));
    }

    private static IEnumerable<string> Lost(IReadOnlyDictionary<(string Stream, long Version), int> seen, ReplayedLog log)
    {
        foreach (var (stream, last) in log.StreamVersions)
        {
            for (var version = 1L; version <= last; version++)
            {
                if (!seen.ContainsKey((stream, version)))
                    yield return $"{stream} version {version}: never seen";
            }
        }
    }
}
