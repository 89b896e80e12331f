using TravelHub.PaymentSandbox.Answers;
using TravelHub.PaymentSandbox.Ledger;

namespace TravelHub.PaymentSandbox.Refunds;

/// <summary>The route of refunds.</summary>
internal static class RefundEndpoints
{
    public static void MapRefunds(this WebApplication app) => app.MapPut("/refunds/{refundId}", Refund);

    private static async Task<IResult> Refund(string refundId, RefundRequest body, GroupCommit commits)
    {
        if (!body.TryRead(refundId, out var asked, out var wrong))
            return Problem.Invalid(wrong);

        return await commits.Commit(tables => Decide(tables, asked)) switch
        {
            RefundOutcome.Stands(var refund, _) => new JsonAnswer<RefundAnswer>(RefundAnswer.Of(refund), SandboxJson.Default.RefundAnswer),
            RefundOutcome.Refused(var code, var detail) => Problem.Answer(StatusCodes.Status409Conflict, code, detail),
            var other => throw new InvalidOperationException($"No answer for {other}"),
        };
    }

    private static RefundOutcome Decide(LedgerTables tables, Refund asked)
    {
        var decided = RefundMachine.Refund(
            tables.FindRefund(asked.RefundId), tables.FindCharge(asked.ChargeId), tables.RefundedMinor(asked.ChargeId), asked);
        if (decided is RefundOutcome.Stands { Changed: true } stands)
            tables.AddRefund(stands.Refund);
        return decided;
    }
}
