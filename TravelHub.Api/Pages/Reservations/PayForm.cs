namespace TravelHub.Api.Pages.Reservations;

/// <summary>What a payment sends.</summary>
internal sealed class PayForm
{
    /// <summary>Names the attempt; sending it again charges once.</summary>
    public string? Key { get; set; }

    /// <summary>The provider's reference to a means of payment.</summary>
    public string? Token { get; set; }
}
