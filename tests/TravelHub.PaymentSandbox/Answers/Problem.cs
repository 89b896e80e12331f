namespace TravelHub.PaymentSandbox.Answers;

/// <summary>A refusal as an RFC 9457 problem document. <paramref name="Code"/> is the stable word a caller decides by.</summary>
internal sealed record Problem(string Type, string Code, string Title, int Status, string Detail)
{
    public static JsonAnswer<Problem> Answer(int status, string code, string detail) => new(
        new Problem($"urn:payment-sandbox:{code}", code, code.Replace('-', ' '), status, detail),
        SandboxJson.Default.Problem,
        status,
        "application/problem+json");

    public static JsonAnswer<Problem> Invalid(string detail) => Answer(StatusCodes.Status422UnprocessableEntity, "invalid-request", detail);
}
