namespace TravelHub.Api.Pages.Reservations;

/// <summary>What the checkout sends.</summary>
internal sealed class HoldForm
{
    /// <summary>Made with the form; sending it again is the same request.</summary>
    public string? Key { get; set; }

    /// <summary>The price that was shown, as the search signed it.</summary>
    public string? Quote { get; set; }

    public string? Name { get; set; }

    public string? Email { get; set; }
}
