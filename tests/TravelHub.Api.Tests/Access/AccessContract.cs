namespace TravelHub.Api.Tests.Access;

/// <summary>Who may call what, as the contract says it, written down a second time: the endpoints are compared with this.</summary>
internal static class AccessContract
{
    public const string Anyone = "anyone";

    private static readonly string[] OpenRoutes =
        ["GET /v1/search", "GET /v1/destinations", "GET /v1/properties/{id}", "GET /v1/properties/{id}/calendar"];

    /// <summary>The one role that may, or <see cref="Anyone"/>. What is not for all, for clients or for researchers is for operators alone.</summary>
    public static string RoleFor(string method, string pattern) =>
        OpenRoutes.Contains($"{method} {pattern}") ? Anyone
        : pattern.StartsWith("/v1/reservations", StringComparison.Ordinal) ? "client"
        : pattern.StartsWith("/v1/faults", StringComparison.Ordinal) ? "researcher"
        : "operator";
}
