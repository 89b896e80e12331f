using TravelHub.Api.Operations;
using TravelHub.Grains.Abstractions.Monitoring;

namespace TravelHub.Api.Pages.Operations;

/// <summary>What happened, in an operator's words.</summary>
internal static class ActivityText
{
    // As much of an id as tells bookings apart on a page.
    private const int ShownOfId = 8;

    public static string Of(Activity one) => one switch
    {
        { News: { } news } => Display.Fill(OfBooking(news.Type), news.Id.ToString("D")[..ShownOfId]),
        { Detection: { } detection } => Display.Fill(Text.Ops_Detected, detection.Component, Of(detection.To), Of(detection.From), detection.Detector),
        _ => "",
    };

    public static string Of(ComponentState state) => state switch
    {
        ComponentState.Alive => Text.Ops_StateAlive,
        ComponentState.Dead => Text.Ops_StateDead,
        ComponentState.Away => Text.Ops_StateAway,
        _ => Text.Ops_StateUnknown,
    };

    /// <summary>The class of a state's label.</summary>
    public static string Tone(ComponentState state) => state switch
    {
        ComponentState.Alive => "tag good",
        ComponentState.Dead => "tag bad",
        _ => "tag",
    };

    /// <inheritdoc cref="Tone(ComponentState)"/>
    public static string Tone(Activity one) => one switch
    {
        { Detection: { } detection } => Tone(detection.To),
        { News.Type: "reservation.confirmed.v1" } => "tag good",
        { News.Type: "reservation.vote-disputed.v1" } => "tag waiting",
        _ => "tag",
    };

    private static string OfBooking(string type) => type switch
    {
        "reservation.requested.v1" => Text.News_Requested,
        "reservation.rooms-held.v1" => Text.News_RoomsHeld,
        "reservation.sold-out.v1" => Text.News_SoldOut,
        "reservation.payment-started.v1" => Text.News_PaymentStarted,
        "reservation.payment-declined.v1" => Text.News_PaymentDeclined,
        "reservation.payment-voided.v1" => Text.News_PaymentVoided,
        "reservation.vote-disputed.v1" => Text.News_VoteDisputed,
        "reservation.total-resolved.v1" => Text.News_TotalResolved,
        "reservation.paid.v1" => Text.News_Paid,
        "reservation.confirmed.v1" => Text.News_Confirmed,
        "reservation.cancel-requested.v1" => Text.News_CancelRequested,
        "reservation.refunded.v1" => Text.News_Refunded,
        "reservation.cancelled.v1" => Text.News_Cancelled,
        "reservation.lapsed.v1" => Text.News_Lapsed,
        "reservation.abandoned.v1" => Text.News_Abandoned,
        "reservation.guest-erased.v1" => Text.News_GuestErased,
        _ => $"{{0}}: {type}",   // a newer silo knows more than this gateway
    };
}
