using System.Collections.Concurrent;
using TravelHub.PaymentSandbox.Ledger;

namespace TravelHub.PaymentSandbox.Charges;

/// <summary>Takes charges and voids to the ledger, and plays the delays that the tokens ask for.</summary>
internal sealed class ChargeDesk(
    GroupCommit commits, LedgerReader reader, SandboxOptions options, TimeProvider time, IHostApplicationLifetime lifetime)
{
    private readonly ConcurrentDictionary<string, bool> _slow = new();

    /// <summary>Whether a slow charge under this id has come and is not captured yet.</summary>
    public bool IsUnderWay(string chargeId) => _slow.ContainsKey(chargeId);

    /// <exception cref="OperationCanceledException">The program stops, or the caller of a held answer left: nobody is to be answered.</exception>
    public async Task<ChargeOutcome> Charge(string chargeId, ChargeTerms asked, CancellationToken callerLeft)
    {
        // A caller who gives up meanwhile does not stop it: a late capture is what a real provider's slowness leaves behind.
        var outcome = asked.Token == SandboxToken.Slow && reader.FindCharge(chargeId) is null
            ? await CaptureSlowly(chargeId, asked)
            : await Capture(chargeId, asked);

        if (asked.Token == SandboxToken.TimeoutAfterCommit && outcome is ChargeOutcome.Stands { Changed: true })
            await Hold(callerLeft);
        return outcome;
    }

    public Task<Charge> Void(string chargeId) => commits.Commit(tables =>
    {
        var known = tables.FindCharge(chargeId);
        var (charge, changed) = ChargeMachine.Void(known, chargeId);
        if (changed && known is null)
            tables.AddCharge(charge);
        else if (changed)
            tables.VoidCharge(chargeId);
        return charge;
    });

    private Task<ChargeOutcome> Capture(string chargeId, ChargeTerms asked) => commits.Commit(tables =>
    {
        var decided = ChargeMachine.Charge(tables.FindCharge(chargeId), chargeId, asked);
        if (decided is ChargeOutcome.Stands { Changed: true } stands)
            tables.AddCharge(stands.Charge);
        return decided;
    });

    // Under way until it is in the ledger, so that who asks meanwhile is never told that there is no such charge.
    private async Task<ChargeOutcome> CaptureSlowly(string chargeId, ChargeTerms asked)
    {
        _slow[chargeId] = true;
        try
        {
            await Task.Delay(options.SlowCharge, time, lifetime.ApplicationStopping);
            return await Capture(chargeId, asked);
        }
        finally
        {
            _slow.TryRemove(chargeId, out _);
        }
    }

    private async Task Hold(CancellationToken callerLeft)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(callerLeft, lifetime.ApplicationStopping);
        await Task.Delay(options.HeldAnswer, time, either.Token);
    }
}
