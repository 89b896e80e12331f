using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace TravelHub.Grains.Reservations;

/// <summary>What reservations show of themselves, once it is durable.</summary>
internal static class ReservationTelemetry
{
    private static readonly ActivitySource Source = new("TravelHub");
    private static readonly Meter Meter = new("TravelHub");

    private static readonly Counter<long> Outcomes = Meter.CreateCounter<long>(
        "travelhub.reservations", "{reservation}", "Reservations that were requested, and what became of them; the tag outcome names it.");

    /// <summary>The span of a charge, or null when nobody traces.</summary>
    public static Activity? StartCharge(Guid reservation)
    {
        var activity = Source.StartActivity("charge");
        activity?.SetTag("travelhub.reservation", reservation);
        return activity;
    }

    /// <summary>Counts events that are in the log now.</summary>
    public static void Written(ReservationEvent[] events)
    {
        if (!Outcomes.Enabled)
            return;
        foreach (var happened in events)
        {
            if (Outcome(happened) is { } outcome)
                Outcomes.Add(1, new KeyValuePair<string, object?>("outcome", outcome));
        }
    }

    private static string? Outcome(ReservationEvent happened) => happened switch
    {
        ReservationEvent.Requested => "requested",
        ReservationEvent.Confirmed => "confirmed",
        ReservationEvent.SoldOut => "sold-out",
        ReservationEvent.PaymentDeclined => "declined",
        ReservationEvent.VoteDisputed => "disputed",
        ReservationEvent.Cancelled => "cancelled",
        ReservationEvent.Lapsed or ReservationEvent.Abandoned => "lapsed",
        _ => null,
    };
}
