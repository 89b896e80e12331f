namespace TravelHub.Api.Pages.Operations;

/// <summary>What signing in sends.</summary>
internal sealed class SignInForm
{
    public string? Key { get; set; }
}
