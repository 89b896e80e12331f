using TravelHub.Grains.Abstractions;

namespace TravelHub.Api.Pages.Reservations;

/// <summary>Refusals of the cluster in a guest's words.</summary>
internal static class RefusalText
{
    public static string Of(Refusal why) => why.Code switch
    {
        "sold-out" => Text.Refused_SoldOut,
        "quote-expired" or "quote-invalid" => Text.Refused_QuoteExpired,
        "too-many-guests" => Text.Refused_TooManyGuests,
        "check-in-past" or "too-far-ahead" => Text.Refused_Dates,
        "unknown-property" or "unknown-room-type" => Text.Refused_Unknown,
        "payment-under-way" => Text.Refused_PaymentUnderWay,
        "not-payable" => Text.Refused_NotPayable,
        "not-cancellable" => Text.Refused_NotCancellable,
        "stay-over" => Text.Refused_StayOver,
        "version-mismatch" => Text.Refused_Changed,
        _ => why.Detail,
    };
}
