namespace TravelHub.Api.Pages.Reservations;

/// <summary>What a cancellation sends.</summary>
internal sealed class CancelForm
{
    /// <summary>The version that the refund was shown for.</summary>
    public long Version { get; set; }

    /// <summary>The refund that was shown, in minor units.</summary>
    public long RefundMinor { get; set; }
}
