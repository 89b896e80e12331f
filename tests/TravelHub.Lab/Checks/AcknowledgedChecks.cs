using TravelHub.Client.Replay.Audit;
using TravelHub.Lab.Logs;
using TravelHub.Lab.Workload;

namespace TravelHub.Lab.Checks;

/// <summary>Compares what clients were told with what the log says.</summary>
internal static class AcknowledgedChecks
{
    // What an answer of this status rests on.
    private static readonly Dictionary<string, string> Grounds = new()
    {
        ["pending"] = "reservation.requested.v1",
        ["held"] = "reservation.rooms-held.v1",
        ["declined"] = "reservation.payment-declined.v1",
        ["confirmed"] = "reservation.confirmed.v1",
        ["cancelling"] = "reservation.cancel-requested.v1",
        ["cancelled"] = "reservation.cancelled.v1",
        ["sold-out"] = "reservation.sold-out.v1",
        ["lapsed"] = "reservation.lapsed.v1",
    };

    private static readonly string[] Once =
        ["reservation.requested.v1", "reservation.paid.v1", "reservation.confirmed.v1", "reservation.refunded.v1", "reservation.cancelled.v1"];

    public static IReadOnlyList<CheckResult> Of(IReadOnlyList<Acknowledgement> all, IReadOnlyList<LabRequest> unanswered, ReplayedLog log)
    {
        var told = all.Where(one => one.Command != LabRequest.Misuse).ToList();
        var cancelled = told.Where(one => one.Command == LabRequest.Cancel).Select(one => one.Reservation)
            .Concat(unanswered.Where(request => request.Command == LabRequest.Cancel).Select(request => request.Reservation)).ToHashSet();
        return
        [
            CheckResult.Of(
                "what was acknowledged is in the log, in that state or a later one",
                $"acknowledgements: {told.Count}; bookings that nobody asked for again after a 202: {PromisesLeft(told)}",
                told.Select(one => Missing(one, log, cancelled.Contains(one.Reservation))).OfType<string>().Distinct()),
            CheckResult.Of(
                "nothing happened twice",
                $"reservations: {log.Reservations.Count}",
                log.Reservations.Values.SelectMany(reservation => Once.Where(type => reservation.Count(type) > 1)
                    .Select(type => $"reservation {reservation.Id}: {type} {reservation.Count(type)} times"))),
            CheckResult.Of(
                "the same key got the same answer",
                $"keys: {told.Select(one => one.Key).Distinct().Count()}",
                told.Where(one => one.State is not ("pending" or "cancelling" or "payment-under-way")).GroupBy(one => one.Key).Select(Different).OfType<string>()),
            CheckResult.Of(
                "a key that was used takes no other request",
                $"tried: {all.Count - told.Count}",
                all.Where(one => one.State != "pending" && (one.Command == LabRequest.Misuse) != (one.State == Reply.KeyReused))
                    .Select(one => $"{one.Command} under key {one.Key} was answered {one.HttpStatus} {one.State}")),
            CheckResult.Of(
                "every request was answered in the end",
                $"given up: {unanswered.Count}",
                unanswered.Select(request => $"{request.Command} {request.Key} of reservation {request.Reservation}")),
        ];
    }

    /// <summary>Bookings of which clients know no more than that they were accepted: it is the system's alone to make them good.</summary>
    public static int PromisesLeft(IEnumerable<Acknowledgement> told) =>
        told.Where(one => one.Command == LabRequest.Book).GroupBy(one => one.Key).Count(answers => answers.All(one => one.State == "pending"));

    private static string? Missing(Acknowledgement told, ReplayedLog log, bool wasCancelled)
    {
        if (told.Reservation is not { } id)
            return null;   // a refusal of something that never was
        var name = $"reservation {id}, told {told.State} at version {told.Version} ({told.Command} {told.Key} at {told.AtSeconds} s)";
        if (told.HttpStatus == 404)
            return $"{name}: answered as if it never was";
        if (!log.Reservations.TryGetValue(id, out var logged) || !logged.IsRequested)
            return $"{name}: not in the log";
        if (logged.Version < told.Version)
            return $"{name}: the log ends at version {logged.Version}";
        if (Grounds.TryGetValue(told.State, out var type) && logged.Count(type) == 0)
            return $"{name}: the log has no {type}";
        if (told.State is "confirmed" && told.TotalMinor != logged.TotalMinor)
            return $"{name}: told {told.TotalMinor}, the log has {logged.TotalMinor}";
        if (told.State is "cancelling" or "cancelled" && logged.Status is "confirmed")
            return $"{name}: confirmed in the log all the same";
        return told.State is "confirmed" && logged.Status != "confirmed" && !wasCancelled
            ? $"{name}: {logged.Status} in the log, and nobody cancelled it"
            : null;
    }

    private static string? Different(IGrouping<string, Acknowledgement> answers)
    {
        var different = answers.Select(one => $"{one.HttpStatus} {one.State} {one.Reservation} version {one.Version} total {one.TotalMinor}").Distinct().ToList();
        return different.Count > 1 ? $"key {answers.Key}: {string.Join("; ", different)}" : null;
    }
}
