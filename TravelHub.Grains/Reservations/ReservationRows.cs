using System.Text.Json;
using TravelHub.Grains.EventLog;

namespace TravelHub.Grains.Reservations;

/// <summary>A reservation's row in its owner's list, as its state tells. Pure: appends and the rebuild write the same.</summary>
internal static class ReservationRows
{
    /// <returns>Null while nothing was requested: there is no owner.</returns>
    public static ReservationRow? Of(ReservationState state, DateTimeOffset now, TimeSpan resumeAfter) => state.Request is not { } request
        ? null
        : new ReservationRow(
            state.Id, request.Owner, ReservationMachine.StatusOf(state), state.Version, request.At,
            ReservationMachine.WakeAt(state, now, resumeAfter),
            JsonSerializer.Serialize(ReservationHistory.View(state), EventJson.Default.ReservationView));
}
