using Microsoft.Extensions.Options;
using TravelHub.Grains.Abstractions.Payments;
using TravelHub.Grains.Abstractions.Reservations;
using TravelHub.Grains.Payments;
using TravelHub.Grains.Reservations;
using static TravelHub.Grains.Tests.Reservations.SampleReservations;

namespace TravelHub.Grains.Tests.Reservations;

/// <summary>When steps move money: only for what the log has, and never twice. None of these asks another grain.</summary>
public sealed class ReservationStepsTests
{
    private readonly Provider _provider = new();
    private readonly TaskCompletionSource _durable = new();
    private ReservationState _state = new(Guid.Empty);

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Take_CancellationIsNotDurableYet_MovesNoMoney(bool isPaid)
    {
        var step = isPaid ? ReservationStep.Refund : ReservationStep.Void;
        _state = Evolve(isPaid ? Confirmed() : Requested(BookingMode.Book), [new ReservationEvent.CancelRequested(isPaid ? Total.AmountMinor : 0)]);
        Assert.Equal(step, ReservationMachine.Next(_state, Now));

        var taken = Take(step);
        Assert.Empty(_provider.Calls);
        _durable.SetResult();

        Assert.NotEmpty(await taken);
        Assert.Single(_provider.Calls);
    }

    /// <summary>The replicas agreed again meanwhile, and what they had found may have been captured: that is found, or kept from ever being.</summary>
    [Theory]
    [InlineData(0)]
    [InlineData(20_000)]
    public async Task Take_ChargeAfterARuling_FindsWhatWasCapturedBefore(long ruledMinor)
    {
        _state = Ruled(ruledMinor);
        _provider.Captured[$"{_state.Id:N}-1"] = Total;
        _durable.SetResult();

        var events = await Take(ReservationStep.Charge);

        Assert.Equal(new ReservationEvent.Paid(1, $"{_state.Id:N}-1", Total, AgreeingVotes: 0), Assert.Single(events));
        _state = Evolve(_state, events);
        Assert.Equal(ReservationStep.ConfirmPaid, ReservationMachine.Next(_state, Now));
    }

    [Fact]
    public async Task Take_ChargeAfterARuling_HasAnIdOfItsOwnAndBlocksTheOtherOne()
    {
        _state = Ruled(20_000);
        _durable.SetResult();

        var events = await Take(ReservationStep.Charge);

        Assert.Equal([$"void {_state.Id:N}-1", $"charge {_state.Id:N}-1-resolved 20000"], _provider.Calls);
        Assert.Equal(ReservationPhase.Confirmed, Evolve(_state, events).Phase);
    }

    /// <summary>Whoever had voted was asked before the ruling: what he found is not what is to be paid any more.</summary>
    [Fact]
    public async Task Take_RuledWhileTheLogWasWaitedFor_ChargesNothingYet()
    {
        _state = Ruled(20_000);
        var taken = Take(ReservationStep.Charge);
        _state = _state with { ResolvedTotal = new Money(30_000, "EUR") };
        _durable.SetResult();

        Assert.Empty(await taken);
        Assert.Empty(_provider.Calls);
    }

    [Fact]
    public async Task Take_VoidAfterARuling_LooksAtBothCharges()
    {
        _state = Ruled(20_000);
        _provider.Captured[$"{_state.Id:N}-1-resolved"] = new Money(20_000, "EUR");
        _durable.SetResult();

        var events = await Take(ReservationStep.Void);

        Assert.Equal(new ReservationEvent.Paid(1, $"{_state.Id:N}-1-resolved", new Money(20_000, "EUR"), AgreeingVotes: 0), Assert.Single(events));
    }

    private static ReservationState Ruled(long minor) =>
        Evolve(Requested(BookingMode.Book), [new ReservationEvent.VoteDisputed(), new ReservationEvent.TotalResolved(new Money(minor, "EUR"), "ann")]);

    private Task<ReservationEvent[]> Take(ReservationStep step) =>
        new ReservationSteps(grains: null!, _provider, Options.Create(new PaymentOptions())).Take(step, () => _state, () => _durable.Task);

    private sealed class Provider : IPaymentProvider
    {
        public List<string> Calls { get; } = [];

        public Dictionary<string, Money> Captured { get; } = [];

        public Task<ChargeOutcome> Charge(string chargeId, Money amount, string token, string reference)
        {
            Calls.Add($"charge {chargeId} {amount.AmountMinor}");
            return Task.FromResult<ChargeOutcome>(new ChargeOutcome.Captured());
        }

        public Task<VoidOutcome> Void(string chargeId)
        {
            Calls.Add($"void {chargeId}");
            return Task.FromResult<VoidOutcome>(Captured.TryGetValue(chargeId, out var amount) ? new VoidOutcome.Captured(amount) : new VoidOutcome.Voided());
        }

        public Task Refund(string refundId, string chargeId, Money amount)
        {
            Calls.Add($"refund {refundId}");
            return Task.CompletedTask;
        }
    }
}
