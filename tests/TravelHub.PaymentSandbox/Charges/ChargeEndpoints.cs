using TravelHub.PaymentSandbox.Answers;
using TravelHub.PaymentSandbox.Ledger;

namespace TravelHub.PaymentSandbox.Charges;

/// <summary>The routes of charges.</summary>
internal static class ChargeEndpoints
{
    public static void AddCharges(this IServiceCollection services) => services.AddSingleton<ChargeDesk>();

    public static void MapCharges(this WebApplication app)
    {
        app.MapPut("/charges/{chargeId}", Charge);
        app.MapPut("/charges/{chargeId}/void", Void);
        app.MapGet("/charges/{chargeId}", Find);
        app.MapGet("/charges", List);
    }

    private static async Task<IResult> Charge(string chargeId, ChargeRequest body, ChargeDesk desk, HttpContext http)
    {
        if (Limits.Word("chargeId", chargeId) is { } badId)
            return Problem.Invalid(badId);
        if (!body.TryRead(out var terms, out var wrong))
            return Problem.Invalid(wrong);

        try
        {
            return await desk.Charge(chargeId, terms, http.RequestAborted) switch
            {
                ChargeOutcome.Stands(var charge, _) => Answer(ChargeAnswer.Of(charge)),
                ChargeOutcome.Refused(var code, var detail) => Problem.Answer(StatusCodes.Status409Conflict, code, detail),
                var other => throw new InvalidOperationException($"No answer for {other}"),
            };
        }
        catch (OperationCanceledException)
        {
            // A cut connection says "unknown"; any status here would say more than is true.
            http.Abort();
            return TypedResults.Empty;
        }
    }

    private static async Task<IResult> Void(string chargeId, ChargeDesk desk) =>
        Limits.Word("chargeId", chargeId) is { } wrong
            ? Problem.Invalid(wrong)
            : Answer(ChargeAnswer.OfVoid(await desk.Void(chargeId)));

    private static IResult Find(string chargeId, LedgerReader reader, ChargeDesk desk)
    {
        // Asked before the ledger: a charge captured between the two is found there.
        var isUnderWay = desk.IsUnderWay(chargeId);
        return reader.FindCharge(chargeId) is { } charge ? Answer(ChargeAnswer.Of(charge))
            : isUnderWay ? TypedResults.Accepted((string?)null)
            : Problem.Answer(StatusCodes.Status404NotFound, "charge-unknown", "No charge or void has been recorded under this id so far.");
    }

    private static IResult List(string? reference, LedgerReader reader) =>
        Limits.Word("reference", reference) is { } wrong
            ? Problem.Invalid(wrong)
            : new JsonAnswer<IReadOnlyList<ChargeAnswer>>(reader.ListCharges(reference!), SandboxJson.Default.IReadOnlyListChargeAnswer);

    private static JsonAnswer<ChargeAnswer> Answer(ChargeAnswer answer) => new(answer, SandboxJson.Default.ChargeAnswer);
}
