using TravelHub.Client.Replay.Audit;
using TravelHub.Lab.Logs;

namespace TravelHub.Lab.Checks;

/// <summary>Compares what the provider took and gave back with what the log says.</summary>
internal static class MoneyCheck
{
    public static CheckResult Of(ReplayedLog log, IReadOnlyList<ProviderCharge> charges)
    {
        var byReservation = charges.ToLookup(charge => charge.Reservation);
        var all = log.Reservations.Keys.Union(byReservation.Select(reservation => reservation.Key));
        return CheckResult.Of(
            "one captured charge a reservation at most, and charges and refunds are those of the log",
            $"captured: {charges.Count(charge => charge.IsCaptured)}, refunded: {charges.Count(charge => charge.RefundedMinor > 0)}",
            all.Select(id => Wrong(id, log.Reservations.GetValueOrDefault(id), [.. byReservation[id]])).OfType<string>());
    }

    private static string? Wrong(Guid id, ReplayedReservation? logged, IReadOnlyList<ProviderCharge> charges)
    {
        var captured = charges.Where(charge => charge.IsCaptured).ToList();
        var taken = captured.Select(charge => charge.AmountMinor ?? 0).ToList();
        var paid = logged?.PaidMinor ?? [];
        var given = charges.Sum(charge => charge.RefundedMinor);
        var refunded = logged?.RefundedMinor.Sum() ?? 0;
        if (captured.Count > 1)
            return $"reservation {id}: charged {captured.Count} times: {string.Join(", ", captured.Select(charge => charge.ChargeId))}";
        if (!taken.SequenceEqual(paid))
            return $"reservation {id}: the provider took {string.Join(", ", taken)}, the log says {string.Join(", ", paid)}";
        if (given != refunded || given > taken.Sum())
            return $"reservation {id}: the provider gave back {given} of {taken.Sum()}, the log says {refunded}";
        // Every cancellation of the lab is free: who has no rooms has his money.
        var kept = logged?.Status == "confirmed" ? logged.TotalMinor ?? 0 : 0;
        return taken.Sum() - given != kept ? $"reservation {id} is {logged?.Status}, and {taken.Sum() - given} was kept, not {kept}" : null;
    }
}
