using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Orleans.Concurrency;
using Orleans.Placement;
using TravelHub.Grains.Abstractions;
using TravelHub.Grains.Abstractions.Catalog;
using TravelHub.Grains.Abstractions.Inventory;
using TravelHub.Grains.Abstractions.Reservations;
using TravelHub.Grains.EventLog;
using TravelHub.Grains.Payments;

namespace TravelHub.Grains.Reservations;

/// <summary>
/// Takes a booking from its request to its end. Commands append what was asked; then the steps that the machine names are taken, one after
/// the other, until it rests. A crash at any point is resumed by the same steps. Reentrant: callers of the same booking share its work. It lives
/// where it is called first, which spares each booking a message between silos.
/// </summary>
[Reentrant, PreferLocalPlacement]
internal sealed class ReservationGrain(
    IEventLog log, ReservationSteps steps, TimeProvider time, IOptions<ReservationOptions> options, ILogger<ReservationGrain> logger)
    : Grain, IReservationGrain
{
    private static readonly TimeSpan FirstRetryAfter = TimeSpan.FromMilliseconds(100);

    private ReservationState _state = null!;
    private StreamAppender _stream = null!;
    private Task _advancing = Task.CompletedTask;
    private Task? _read;
    private bool _isPresumedNew;

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        Forget();
        return Task.CompletedTask;
    }

    public async Task<ReservationOutcome> Book(BookCommand command)
    {
        if (_read is null && await BookUnread(command) is { } outcome)
            return outcome;
        await Read();
        var isFirst = false;
        if (_state.Phase == ReservationPhase.None)
        {
            var (stays, why) = await Price(command.Stays);
            if (why is not null)
                return new ReservationOutcome.Refused(why);
            if (_state.Phase == ReservationPhase.None)   // another call may have been here while this one waited for prices
            {
                isFirst = true;
                Request(command, stays).Ignore();
            }
        }

        if (_state.Request is not { } request)
            return await Refuse("reservation-lapsed", "This request came too late to be carried out; send it again under a new Idempotency-Key.");
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
        if (_state.AttemptTokens.TryGetValue(attemptKey, out var token))
            return token == command.PaymentToken ? await Answer(attemptKey, isReplay: true) : await RefuseKey();

        var (why, events) = ReservationMachine.StartPayment(_state, command with { AttemptKey = attemptKey });
        await Commit(events);
        return why is null ? await Answer(attemptKey, isReplay: false) : new ReservationOutcome.Refused(why);
    }

    public async Task<ReservationOutcome> Cancel(CancelCommand command)
    {
        if (!await IsOwnedBy(command.Owner))
            return new ReservationOutcome.NotFound();
        var isReplay = _state.Phase is ReservationPhase.Cancelling or ReservationPhase.Cancelled;
        if (!isReplay)
        {
            if (command.IfVersion is { } version && version != _state.Version)
                return await Refuse("version-mismatch", $"The reservation is at version {_state.Version} now, not {version}; read it again before you cancel.");

            var (why, events) = ReservationMachine.Cancel(_state, time.GetUtcNow(), stay => PriceRules.Total(PriceRules.Input([stay])).AmountMinor);
            await Commit(events);
            if (why is not null)
                return new ReservationOutcome.Refused(why);
        }

        await WaitForRest();
        if (isReplay)
            await Fence();
        return new ReservationOutcome.Done(ReservationHistory.View(_state), isReplay);
    }

    public async Task<ReservationView?> Get(string owner)
    {
        if (!await IsOwnedBy(owner))
            return null;
        await Fence();
        return ReservationHistory.View(_state);
    }

    public async Task<ImmutableArray<ReservationEventView>?> Events(string owner)
    {
        if (!await IsOwnedBy(owner))
            return null;
        var events = ImmutableArray.CreateBuilder<ReservationEventView>();
        await foreach (var logged in log.Read(StreamName, afterVersion: 0, CancellationToken.None))
        {
            var data = JsonNode.Parse(EventTypes.Write(logged.Event).Payload)!.AsObject();
            data.Remove("paymentToken");
            events.Add(new ReservationEventView(logged.Version, logged.Type, logged.RecordedAt, data.ToJsonString()));
        }

        return events.ToImmutable();
    }

    public async Task<HoldRuling> RuleOnHold(int stay, string inventory, Nights nights, int rooms)
    {
        await Read();
        if (_state.Phase == ReservationPhase.None)
            await Commit([new ReservationEvent.Abandoned()]);
        else
            await WaitForRest();
        await Fence();
        DeactivateIfDone();
        return ReservationMachine.Rule(_state, stay, inventory, nights, rooms);
    }

    public async Task Resume()
    {
        await Read();
        await WaitForRest();
        DeactivateIfDone();
    }

    private string StreamName => ReservationStreams.Name(this.GetPrimaryKey());

    private void Forget()
    {
        _state = new ReservationState(this.GetPrimaryKey());
        _stream = new StreamAppender(log, StreamName, version: 0);
        _read = null;
    }

    private Task Read() => _read ??= ReadAll();

    private async Task ReadAll()
    {
        try
        {
            await foreach (var logged in log.Read(StreamName, afterVersion: 0, CancellationToken.None))
                _state = ReservationHistory.Evolve(_state, (ReservationEvent)logged.Event);
            _stream = new StreamAppender(log, StreamName, _state.Version);
        }
        catch
        {
            DeactivateOnIdle();
            throw;
        }
    }

    // Nearly every booking is the first that its stream hears, so it is written as the first before anyone reads. Where the log refuses it, the stream
    // is read after all, and holds that were placed meanwhile for this request are taken back unless they are its own.
    private async Task<ReservationOutcome?> BookUnread(BookCommand command)
    {
        var (stays, why) = await Price(command.Stays);
        if (why is not null || _read is not null)
            return null;   // what the log knows comes before a price; or another call was here meanwhile
        _read = Task.CompletedTask;
        _isPresumedNew = true;
        var requested = Request(command, stays);
        var answer = Answer(ReservationState.BookingKey, isReplay: false);
        try
        {
            await requested;
        }
        catch (AppendRefusedException)
        {
            answer.Ignore();
            await _advancing.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
            Forget();
            await Read();
            steps.TellInventory(_state, stays);
            return null;
        }
        finally
        {
            _isPresumedNew = false;
        }

        return await answer;
    }

    private Task Request(BookCommand command, ImmutableArray<PricedStay> stays)
    {
        var guest = new GuestRow(Guid.NewGuid(), command.Guest.Name, command.Guest.Email);
        return Commit(ReservationMachine.Request(command, stays, guest.Id, time.GetUtcNow(), options.Value.HoldLifetime), guest);
    }

    // A no is asked of the log: this activation may have been replaced by one that knows better.
    private async Task<bool> IsOwnedBy(string owner)
    {
        await Read();
        if (_state.Request?.Owner == owner)
            return true;
        await Fence();
        return false;
    }

    private async Task<(ImmutableArray<PricedStay> Stays, Refusal? Why)> Price(ImmutableArray<StayRequest> stays)
    {
        var outcomes = await Task.WhenAll(stays.Select(s => GrainFactory.GetGrain<IPropertyGrain>(s.PropertyId).Price(s)));
        if (outcomes.OfType<PricingOutcome.Refused>().FirstOrDefault() is { } refused)
            return ([], refused.Why);
        ImmutableArray<PricedStay> priced = [.. outcomes.Cast<PricingOutcome.Priced>().Select(p => p.Stay)];
        return priced.Select(p => p.Currency).Distinct().Count() == 1
            ? (priced, null)
            : ([], new Refusal("mixed-currencies", "The stays are priced in different currencies; book them one by one."));
    }

    private async Task<ReservationOutcome> Answer(string command, bool isReplay)
    {
        await WaitForRest();
        if (isReplay)
            await Fence();   // what this activation remembers may be old
        DeactivateIfDone();
        return new ReservationOutcome.Done(_state.Answers.GetValueOrDefault(command) ?? ReservationHistory.View(_state), isReplay);
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
            await _stream.WrittenSoFar();   // what is told is durable
        }
    }

    private Task Advance() => _advancing.IsCompleted ? _advancing = AdvanceUntilRest() : _advancing;

    private async Task AdvanceUntilRest()
    {
        var start = time.GetTimestamp();
        var pause = FirstRetryAfter;
        while (ReservationMachine.Next(_state, time.GetUtcNow()) is var step and not ReservationStep.Rest)
        {
            try
            {
                if (await steps.Take(step, () => _state, () => _stream.WrittenSoFar()) is { Length: > 0 } events)
                    await Commit(events);
                continue;
            }
            catch (Exception e) when (!_stream.IsBroken)
            {
                // Unknown is not no: the step is repeated under the same ids, here for a while and later by recovery.
                logger.LogWarning("Reservation {Reservation} could not {Step}: {Error}", _state.Id, step, e.Message);
                if (time.GetElapsedTime(start) > options.Value.AnswerWithin)
                    return;
            }

            await Task.Delay(pause, time);
            pause *= 2;
        }

        steps.TellInventory(_state);
    }

    // Completes only if the log is still where this activation left it.
    private Task Fence() => Commit([]);

    // Memory moves first, so that the calls behind this one decide on what will be; any answer, a refusal too, leaves only when the log agrees.
    private async Task Commit(ReservationEvent[] events, GuestRow? guest = null)
    {
        foreach (var happened in events)
            _state = ReservationHistory.Evolve(_state, happened);
        try
        {
            await _stream.Commit(events, events.Length > 0 ? OwnRow() : null, guest);
        }
        catch (Exception e) when (_stream.IsBroken)
        {
            if (!_isPresumedNew || e is not AppendRefusedException)
                DeactivateOnIdle();   // what this activation remembers is not what the log says
            throw;
        }
    }

    private ReservationRow? OwnRow() => ReservationRows.Of(_state, time.GetUtcNow(), options.Value.ResumeAfter);

    // Done is done; whoever asks again wakes it from the log.
    private void DeactivateIfDone()
    {
        if (_advancing.IsCompleted && ReservationMachine.WakeAt(_state, default, default) is null)
            DeactivateOnIdle();
    }

    private Task<ReservationOutcome> RefuseKey() => Refuse(
        "idempotency-key-reused", "This Idempotency-Key was used for another request; use a new key for a new request.");

    private async Task<ReservationOutcome> Refuse(string code, string detail)
    {
        await Fence();
        return new ReservationOutcome.Refused(new Refusal(code, detail));
    }
}
