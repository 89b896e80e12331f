using System.Collections.Immutable;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Orleans.Concurrency;
using Orleans.GrainDirectory;
using TravelHub.Grains.Abstractions;
using TravelHub.Grains.Abstractions.Inventory;
using TravelHub.Grains.Abstractions.Payments;
using TravelHub.Grains.Abstractions.Reservations;
using TravelHub.Grains.EventLog;
using TravelHub.Grains.Payments;

namespace TravelHub.Grains.Reservations;

/// <summary>
/// Takes a booking from its request to its end. Commands append what was asked; then the steps that the machine names are taken, one after
/// the other, until it rests. A crash at any point is resumed by the same steps. Reentrant: callers of the same booking share its work. It lives
/// where its id says, which spares each booking the directory's questions and answers between silos: its stream's version is what fences it.
/// </summary>
[Reentrant, HomePlacement, GrainDirectory(HomeDirectory.Name)]
internal sealed class ReservationGrain(
    IEventLog log, ReservationSteps steps, VoteRecords votes, TimeProvider time, IOptions<ReservationOptions> options, ILogger<ReservationGrain> logger)
    : Grain, IReservationGrain
{
    private static readonly TimeSpan FirstRetryAfter = TimeSpan.FromMilliseconds(100);

    private ReservationMemory _memory = null!;
    private Task _advancing = Task.CompletedTask;

    private ReservationState State => _memory.State;

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        _memory = new ReservationMemory(log, this.GetPrimaryKey(), options.Value.ResumeAfter, time, DeactivateOnIdle);
        return Task.CompletedTask;
    }

    public async Task<ReservationOutcome> Book(BookCommand command)
    {
        var read = _memory.Read();
        var isFirst = false;
        if (State.Phase == ReservationPhase.None)   // as far as is known: nearly every booking is new, and its price need not wait for the log
        {
            var (stays, conversion, why) = await steps.Price(command);
            await read;
            if (State.Phase == ReservationPhase.None)
            {
                if (why is not null)
                    return await Refuse(why);   // a no for a booking that exists would be a wrong one

                isFirst = true;   // the guest's id is in order of time, so that its index grows at one end
                var guest = new GuestRow(Guid.CreateVersion7(time.GetUtcNow()), command.Guest.Name, command.Guest.Email);
                _memory.Commit(ReservationMachine.Request(command, stays, conversion, guest.Id, time.GetUtcNow(), options.Value.HoldLifetime), guest).Ignore();
            }
        }

        await read;
        var request = State.Request!;
        if (request.Owner != command.Owner || request.RequestHash != command.RequestHash)
            return await RefuseKey();
        return await Answer(ReservationState.BookingKey, isReplay: !isFirst);
    }

    public async Task<ReservationOutcome> Pay(PayCommand command)
    {
        if (!await IsOwnedBy(command.Owner))
            return new ReservationOutcome.NotFound();
        await WaitForRest();   // a deadline may have passed, or the same attempt be under way
        var attemptKey = $"attempt {command.AttemptKey}";
        if (State.AttemptTokens.TryGetValue(attemptKey, out var token))
            return token == command.PaymentToken ? await Answer(attemptKey, isReplay: true) : await RefuseKey();

        var (why, events) = ReservationMachine.StartPayment(State, command with { AttemptKey = attemptKey });
        await _memory.Commit(events);
        return why is null ? await Answer(attemptKey, isReplay: false) : new ReservationOutcome.Refused(why);
    }

    public async Task<ReservationOutcome> Cancel(CancelCommand command)
    {
        if (!await IsOwnedBy(command.Owner))
            return new ReservationOutcome.NotFound();
        var isReplay = State.Phase is ReservationPhase.Cancelling or ReservationPhase.Cancelled;
        if (!isReplay)
        {
            if (command.IfVersion is { } version && version != State.Version)
                return await Refuse(new Refusal("version-mismatch", $"The reservation is at version {State.Version} now, not {version}; read it again before you cancel."));

            var (why, events) = DecideCancellation(command.AskedAt ?? time.GetUtcNow());
            await _memory.Commit(events);
            if (why is not null)
                return new ReservationOutcome.Refused(why);
        }

        return await Answer(command: null, isReplay);
    }

    public async Task<CancellationPreview?> PreviewCancellation(string owner)
    {
        if (!await IsOwnedBy(owner))
            return null;
        var (why, events) = DecideCancellation(time.GetUtcNow());
        var paid = State.IsCaptured ? State.Payment!.Amount : (Money?)null;
        var refundMinor = events.OfType<ReservationEvent.CancelRequested>().Sum(e => e.RefundMinor);
        return await _memory.Fenced(new CancellationPreview(why, paid, paid is { } amount ? amount with { AmountMinor = refundMinor } : null, State.Version));
    }

    public async Task<ReservationView?> Get(string owner)
    {
        if (!await IsOwnedBy(owner))
            return null;
        return await _memory.Fenced(ReservationHistory.View(State));
    }

    public async Task<ImmutableArray<ReservationEventView>?> Events(string owner) =>
        await IsOwnedBy(owner) ? (await _memory.History().Select(ReservationHistory.View).ToListAsync()).ToImmutableArray() : null;

    public async Task<ImmutableArray<VoteView>?> Votes(string owner) => await IsOwnedBy(owner) ? await votes.Of(State.Id) : null;

    public async Task<ReservationOutcome> Resolve(Money total, string by)
    {
        await _memory.Read();
        if (State.Phase == ReservationPhase.None)
            return await _memory.Fenced(new ReservationOutcome.NotFound());

        var (why, events) = ReservationMachine.Resolve(State, total, by);
        await _memory.Commit(events);
        return why is null ? await Answer(command: null, isReplay: false) : new ReservationOutcome.Refused(why);
    }

    public async Task NoteGuestErased(string by)
    {
        await _memory.Read();
        await _memory.Commit(ReservationMachine.NoteGuestErased(State, by, time.GetUtcNow()));
        DeactivateIfDone();
    }

    public async Task<HoldRuling> RuleOnHold(int stay, string inventory, Nights nights, int rooms)
    {
        await _memory.Read();
        if (ReservationMachine.GiveUp(State, stay) is { Length: > 0 } givenUp)
            await _memory.Commit(givenUp);
        await WaitForRest();
        var ruling = await _memory.Fenced(ReservationMachine.Rule(State, stay, inventory, nights, rooms));
        DeactivateIfDone();
        return ruling;
    }

    public async Task Resume()
    {
        await _memory.Read();
        await WaitForRest();
        DeactivateIfDone();
    }

    private (Refusal? Why, ReservationEvent[] Events) DecideCancellation(DateTimeOffset askedAt) =>
        ReservationMachine.Cancel(State, askedAt, stay => PriceRules.Total(PriceRules.Input([stay], token: null, State.Request!.Conversion)).AmountMinor);

    // What is told is what memory knows now, once the log knows it too; of a repeat, if no other activation knows better.
    private async Task<ReservationOutcome> Answer(string? command, bool isReplay)
    {
        await WaitForRest();
        var told = (command is null ? null : State.Answers.GetValueOrDefault(command)) ?? ReservationHistory.View(State);
        try
        {
            await (isReplay ? _memory.Fence() : _memory.WrittenSoFar());
        }
        catch (LogOverloadedException) when (_memory.IsInTheLog)
        {
            throw new LogUnavailableException();   // a question was one too many; what was asked for may be done, and money have moved
        }

        DeactivateIfDone();
        return new ReservationOutcome.Done(told, isReplay);
    }

    // Whoever waits too long is told pending; the work goes on, and recovery takes it up if this silo dies.
    private async Task WaitForRest()
    {
        try
        {
            await Advance().WaitAsync(options.Value.AnswerWithin, time);
        }
        catch (TimeoutException)
        {
            // The answer says how far it has come.
        }
    }

    private Task Advance() => _advancing.IsCompleted ? _advancing = AdvanceUntilRest() : _advancing;

    private async Task AdvanceUntilRest()
    {
        var start = time.GetTimestamp();
        var pause = FirstRetryAfter;
        while (ReservationMachine.Next(State, time.GetUtcNow()) is var step and not ReservationStep.Rest)
        {
            try
            {
                if (_memory.IsBroken)
                    await _memory.WrittenSoFar();   // what the log has refused takes no room and no money; this says how it did
                if (await steps.Take(step, () => State, _memory.WrittenSoFar) is { Length: > 0 } events)
                    await _memory.Commit(events);
                continue;
            }
            catch (LogOverloadedException) when (_memory is { IsBroken: true, IsInTheLog: true })
            {
                throw new LogUnavailableException();   // more than nothing was done: the booking is known, and money may have moved
            }
            catch (Exception e) when (!_memory.IsBroken)
            {
                // Unknown is not no: the step is repeated under the same ids, here for a while and later by recovery.
                logger.LogWarning("Reservation {Reservation} could not {Step}: {Error}", State.Id, step, e.Message);
                if (time.GetElapsedTime(start) > options.Value.AnswerWithin)
                    return;
            }

            await Task.Delay(pause, time);
            pause *= 2;
        }

        if (_memory.IsBroken)
            throw new AppendRefusedException();   // what it remembers is not what the log says: rooms given back on its word may be another's to keep
        steps.TellInventory(State);
    }

    // Done is done; whoever asks again wakes it from the log.
    private void DeactivateIfDone()
    {
        if (_advancing.IsCompleted && ReservationMachine.WakeAt(State, default, default) is null)
            DeactivateOnIdle();
    }

    private Task<ReservationOutcome> RefuseKey() => Refuse(new Refusal(
        "idempotency-key-reused", "This Idempotency-Key was used for another request; use a new key for a new request."));

    private async Task<ReservationOutcome> Refuse(Refusal why)
    {
        var refused = await _memory.Fenced<ReservationOutcome>(new ReservationOutcome.Refused(why));
        DeactivateIfDone();
        return refused;
    }

    private async Task<bool> IsOwnedBy(string owner)
    {
        if (await _memory.IsOwnedBy(owner))
            return true;
        DeactivateIfDone();   // whoever asks for what there is not must not fill the memory with it
        return false;
    }
}
