using TravelHub.Client.Replay.Audit;
using TravelHub.Lab.Instances;
using TravelHub.Lab.Logs;
using TravelHub.Lab.Workload;

namespace TravelHub.Lab.Checks;

/// <summary>What the running cluster says when it is asked.</summary>
/// <param name="Reservations">Null for one that it does not know.</param>
/// <param name="Left">Rooms left by room and night; a room without any is left out.</param>
internal sealed record LiveState(
    IReadOnlyDictionary<Guid, LabReservation?> Reservations, IReadOnlyDictionary<(LabRoom Room, DateOnly Night), int> Left);

/// <summary>Compares what the cluster says with the log's replay.</summary>
internal static class LiveChecks
{
    private static readonly DateOnly QuietNight = LabCatalogue.FirstNight.AddDays(-1);

    public static IReadOnlyList<CheckResult> Of(LiveState live, ReplayedLog log)
    {
        var rooms = LabCatalogue.Hot.Concat(LabCatalogue.Calm).ToList();
        return
        [
            CheckResult.Of(
                "what the gateway says of each reservation is what the log replays to",
                $"reservations: {live.Reservations.Count}",
                live.Reservations.Select(asked => Different(asked.Key, asked.Value, log)).OfType<string>()),
            CheckResult.Of(
                "what a search says is left is what the log replays to",
                $"room-nights: {rooms.Count * LabCatalogue.AllNights.Count()}",
                rooms.SelectMany(room => LabCatalogue.AllNights.Select(night => Different(room, night, live, log))).OfType<string>()),
            CheckResult.Of(
                "what an inventory may sell is what the catalogue has",
                $"rooms: {rooms.Count}",
                rooms.Where(room => log.Left.TryGetValue(room.Stream, out var left) && left(QuietNight) != LabCatalogue.Capacity(room))
                    .Select(room => $"{room.Stream} has {log.Left[room.Stream](QuietNight)} rooms on a night that nobody wants, not {LabCatalogue.Capacity(room)}")),
        ];
    }

    private static string? Different(Guid id, LabReservation? live, ReplayedLog log)
    {
        var logged = log.Reservations.GetValueOrDefault(id);
        var replayed = logged is null ? null : $"{logged.Status} version {logged.Version} total {logged.TotalMinor}";
        var shown = live is null ? null : $"{live.Status} version {live.Version} total {live.Total?.AmountMinor}";
        return replayed == shown ? null : $"reservation {id}: shown as {shown ?? "unknown"}, replayed to {replayed ?? "nothing"}";
    }

    private static string? Different(LabRoom room, DateOnly night, LiveState live, ReplayedLog log)
    {
        var shown = live.Left.GetValueOrDefault((room, night));
        return log.Left.TryGetValue(room.Stream, out var left) && left(night) == shown
            ? null
            : $"{room.Stream} night {night:O}: {shown} left by the search, {(left is null ? "no replay" : left(night))} by the log";
    }
}
