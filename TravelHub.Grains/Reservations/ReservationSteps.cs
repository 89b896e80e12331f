using System.Collections.Immutable;
using Microsoft.Extensions.Options;
using TravelHub.Grains.Abstractions;
using TravelHub.Grains.Abstractions.Catalog;
using TravelHub.Grains.Abstractions.Inventory;
using TravelHub.Grains.Abstractions.Payments;
using TravelHub.Grains.Abstractions.Reservations;
using TravelHub.Grains.Payments;

namespace TravelHub.Grains.Reservations;

/// <summary>
/// Takes a reservation's steps outside its grain: prices, holds, votes, money. Each may be repeated, under the same ids, with the same effect. A step that
/// throws has an unknown outcome.
/// </summary>
internal sealed class ReservationSteps(GrainReferences grains, IPaymentProvider provider, IOptions<PaymentOptions> payments)
{
    /// <summary>Asks the properties for the prices of today, or for those that were quoted.</summary>
    public async Task<(ImmutableArray<PricedStay> Stays, Conversion? Conversion, Refusal? Why)> Price(BookCommand command)
    {
        var (priced, why) = await Price(command.Stays, command.AskedAt);
        if (why is not null || command.Currency is not { } currency || currency == priced[0].Currency)
            return (priced, null, why);
        return payments.Value.ExchangeRates.TryGetValue($"{priced[0].Currency}-{currency}", out var rate)
            ? (priced, new Conversion(currency, rate), null)
            : ([], null, new Refusal("currency-not-offered", $"Stays in {priced[0].Currency} can't be charged in {currency}; leave the currency out."));
    }

    private async Task<(ImmutableArray<PricedStay> Stays, Refusal? Why)> Price(ImmutableArray<StayRequest> stays, DateTimeOffset? askedAt)
    {
        var outcomes = await Task.WhenAll(stays.Select(s => grains.Get<IPropertyGrain>(s.PropertyId).Price(s with { AskedAt = askedAt })));
        if (outcomes.OfType<PricingOutcome.Refused>().FirstOrDefault() is { } refused)
            return ([], refused.Why);
        ImmutableArray<PricedStay> priced = [.. outcomes.Cast<PricingOutcome.Priced>().Select(p => p.Stay)];
        return priced.Select(p => p.Currency).Distinct().Count() == 1
            ? (priced, null)
            : ([], new Refusal("mixed-currencies", "The stays are priced in different currencies; book them one by one."));
    }

    /// <param name="current">The state as it is when asked: a cancellation may come while a step waits.</param>
    /// <param name="durableSoFar">Completes when all events so far are in the log.</param>
    /// <returns>What happened, for the grain to append.</returns>
    public Task<ReservationEvent[]> Take(ReservationStep step, Func<ReservationState> current, Func<Task> durableSoFar) => step switch
    {
        ReservationStep.SecureRooms => SecureRooms(current, durableSoFar),
        ReservationStep.Charge => Charge(current, durableSoFar, Vote(current())),
        ReservationStep.Void => Void(current, durableSoFar),
        ReservationStep.ConfirmPaid => ConfirmPaid(current, durableSoFar),
        ReservationStep.Refund => Refund(current, durableSoFar),
        ReservationStep.FinishCancellation => Task.FromResult<ReservationEvent[]>([new ReservationEvent.Cancelled()]),
        ReservationStep.Lapse => Task.FromResult<ReservationEvent[]>([new ReservationEvent.Lapsed()]),
        _ => throw new ArgumentOutOfRangeException(nameof(step), step, "Not a step to take"),
    };

    /// <summary>Says what became of the holds, once it is decided. A word that is lost does no harm: inventory asks.</summary>
    public void TellInventory(ReservationState state)
    {
        var ruling = ReservationMachine.Rule(state);
        if (ruling.Fate == HoldFate.Keep || state.Request is not { } request)
            return;
        for (var stay = 0; stay < request.Stays.Length; stay++)
            Inventory(request.Stays[stay].InventoryKey()).Hear(state.Hold(stay), ruling).Ignore();
    }

    // Requested, the holds and the vote go at the same time; money moves only after all three.
    private async Task<ReservationEvent[]> SecureRooms(Func<ReservationState> current, Func<Task> durableSoFar)
    {
        var vote = Vote(current());
        var holds = Hold(current(), durableSoFar);
        await Task.WhenAll(vote, holds, durableSoFar());
        var soldOut = await holds;
        if (soldOut is { } no)
            return await EndSoldOut(current, no);

        if (await vote is not VoteOutcome.Decided(var verdict, _))
            return ReservationMachine.VoteFailed(current());
        var events = ReservationMachine.RoomsSecured(current(), soldOut: null, new Money(verdict.AmountMinor, verdict.Currency));
        return events.Length == 0 && ReservationMachine.CanCharge(current()) ? await Charge(current, durableSoFar, vote) : events;
    }

    // Another activation, not yet known to be replaced, may have found rooms a moment later and be about to charge: after this it cannot. Several stays
    // need no such care: their holds are an event before the charge, and only one of the two events gets its version.
    private async Task<ReservationEvent[]> EndSoldOut(Func<ReservationState> current, (int Stay, HoldOutcome.SoldOut Why) soldOut)
    {
        return ReservationMachine.MayBeCharged(current()) && await FindCapture(ReservationMachine.Charges(current())) is var (chargeId, amount)
            ? ReservationMachine.Voided(current(), amount, chargeId)
            : ReservationMachine.RoomsSecured(current(), soldOut, total: default);
    }

    private async Task<ReservationEvent[]> Charge(Func<ReservationState> current, Func<Task> durableSoFar, Task<VoteOutcome> vote)
    {
        var outcome = await vote;
        await durableSoFar();
        if (outcome is not VoteOutcome.Decided(var verdict, var agreeing))
            return ReservationMachine.VoteFailed(current());
        var state = current();
        var total = new Money(verdict.AmountMinor, verdict.Currency);
        if (!ReservationMachine.CanCharge(state) || (state.ResolvedTotal is { } ruled && ruled != total))
            return [];   // an operator ruled while the replicas voted: it is put to the vote again
        var charges = ReservationMachine.Charges(state);
        if (await FindCapture(charges[..^1]) is var (earlier, amount))
            return ReservationMachine.Voided(current(), amount, earlier);
        if (!ReservationMachine.CanCharge(current()))
            return [];   // cancelled while the earlier one was looked for
        if (verdict.Decision == PaymentDecision.NothingToPay)
            return ReservationMachine.NothingToPay(current(), total);
        if (verdict.Decision == PaymentDecision.RefuseToken)
            return ReservationMachine.TokenRefused(current(), total);

        using var trace = ReservationTelemetry.StartCharge(state.Id);
        var charged = await provider.Charge(charges[^1], total, state.PaymentToken!, state.Id.ToString("D"));
        return ReservationMachine.Charged(current(), charged, charges[^1], total, agreeing);
    }

    private async Task<ReservationEvent[]> Void(Func<ReservationState> current, Func<Task> durableSoFar)
    {
        await durableSoFar();
        var charges = ReservationMachine.Charges(current());
        return await FindCapture(charges) is var (chargeId, amount)
            ? ReservationMachine.Voided(current(), amount, chargeId)
            : ReservationMachine.Voided(current(), captured: null, charges[^1]);
    }

    private async Task<ReservationEvent[]> ConfirmPaid(Func<ReservationState> current, Func<Task> durableSoFar)
    {
        var areHeld = await Hold(current(), durableSoFar) is null;
        return ReservationMachine.ConfirmPaid(current(), areHeld);
    }

    // No money goes back for what the log may yet forget.
    private async Task<ReservationEvent[]> Refund(Func<ReservationState> current, Func<Task> durableSoFar)
    {
        await durableSoFar();
        var state = current();
        var amount = state.Payment!.Amount with { AmountMinor = state.RefundMinor };
        var refundId = $"{state.Id:N}-refund";
        await provider.Refund(refundId, state.Payment.ChargeId!, amount);
        return [new ReservationEvent.Refunded(refundId, amount)];
    }

    /// <summary>Makes sure that none of these charges captures anything from now on.</summary>
    /// <returns>The one that has, or null.</returns>
    private async Task<(string ChargeId, Money Amount)?> FindCapture(string[] charges)
    {
        foreach (var charge in charges)
        {
            if (await provider.Void(charge) is VoidOutcome.Captured(var amount))
                return (charge, amount);
        }

        return null;
    }

    /// <returns>The first stay that is sold out, or null when all are held.</returns>
    private async Task<(int Stay, HoldOutcome.SoldOut Why)?> Hold(ReservationState state, Func<Task> durableSoFar)
    {
        var request = state.Request!;
        if (state.Abandoned > 0)
        {
            await durableSoFar();
            await Task.WhenAll(request.Stays.Select((stay, i) => ReleaseGivenUp(state, Inventory(stay.InventoryKey()), i)));
        }

        var outcomes = await Task.WhenAll(request.Stays.Select((stay, i) =>
            Inventory(stay.InventoryKey()).PlaceHold(state.Hold(i), stay.Nights, stay.Rooms, request.HoldUntil)));
        var first = Array.FindIndex(outcomes, o => o is HoldOutcome.SoldOut);
        return first < 0 ? null : (first, (HoldOutcome.SoldOut)outcomes[first]);
    }

    // The room that was held for it the last time must not be missing this time.
    private static Task ReleaseGivenUp(ReservationState state, IInventoryGrain inventory, int stay) =>
        Task.WhenAll(state.HoldsGivenUp(stay).Select(hold => inventory.Settle(hold, new HoldRuling(HoldFate.Released, state.Abandoned))));

    // What an operator has ruled needs no vote any more.
    private async Task<VoteOutcome> Vote(ReservationState state)
    {
        var input = PriceRules.Input(state.Request!.Stays, state.PaymentToken, state.Request.Conversion);
        if (state.ResolvedTotal is { } total)
            return new VoteOutcome.Decided(new Verdict(
                total.AmountMinor, total.Currency, PriceRules.Version, PriceRules.Hash(input),
                total.AmountMinor > 0 ? PaymentDecision.Charge : PaymentDecision.NothingToPay), Agreeing: 0);

        var group = state.Id.ToByteArray()[15] % payments.Value.ReplicaGroups;
        return await grains.Get<IVotingGrain>(group).Vote(new VoteRequest(input, state.Id, state.Attempt));
    }

    private IInventoryGrain Inventory(string key) => grains.Get<IInventoryGrain>(key);
}
