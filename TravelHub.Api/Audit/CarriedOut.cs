namespace TravelHub.Api.Audit;

/// <summary>What an endpoint says for the audit log when the status of its answer tells of something else than its action.</summary>
internal static class CarriedOut
{
    /// <summary>The action was carried out, whatever is answered.</summary>
    public static void IsCarriedOut(this HttpContext context) => context.Features.Set(new Said());

    public static bool WasCarriedOut(this HttpContext context) => context.Features.Get<Said>() is not null;

    private sealed class Said;
}
