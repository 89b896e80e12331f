using TravelHub.Client.Replay;
using TravelHub.Client.Replay.Audit;

namespace TravelHub.Client.Tests.Replay.Audit;

/// <summary>Hand-written logs, right and wrong, in a real database: each check is seen failing.</summary>
public sealed class LogAuditTests(AuditDatabase database) : IClassFixture<AuditDatabase>
{
    private const string Capacity = "no night is over capacity at any moment";
    private const string SoldOut = "what was sold out had no room left";
    private const string Confirmed = "every accepted booking is confirmed once, for its total";
    private const string NothingElse = "nothing else is confirmed";
    private const string CancelledOnce = "the cancelled bookings are cancelled once, and no others";
    private const string NothingPending = "nothing is left pending";
    private const string Taken = "the rooms taken in the end are those of the confirmed stays";

    private static readonly ReplayPlan Plan = AuditSample.Plan("run");

    private readonly HandWrittenLog _log = new(Plan);
    private ReplayAnswers _answers = AuditSample.Answers(Plan);

    [Fact]
    public async Task Run_RightLog_AllHold()
    {
        var checks = await Check();

        Assert.All(checks, check => Assert.True(check.Holds, $"{check.Name}: {string.Join(", ", check.Offenders)}"));
        // Three holds and a release of two nights each, on three nights; capacity is set once for each of them.
        Assert.Equal("room types: 1, nights: 3, moments: 11", checks[0].Numbers);
    }

    [Fact]
    public async Task Run_FourthRoomOfThree_IsOversoldEvenThoughAllEndsWell()
    {
        var release = _log.Events.FindIndex(one => one.Type == "inventory.released.v1");
        _log.Settle("released", AuditSample.SoldOut);
        _log.Held(AuditSample.SoldOut, 3);
        // Held before the cancelled one's rooms are free, and released itself at the end.
        (_log.Events[release], _log.Events[^1]) = (_log.Events[^1], _log.Events[release]);
        (_log.Events[^1], _log.Events[^2]) = (_log.Events[^2], _log.Events[^1]);

        await AssertFailing("4 rooms taken, 3 allowed", Capacity);
    }

    [Fact]
    public async Task Run_FourthRoomWithAllowance_IsFine()
    {
        _log.Events[0] = _log.Events[0] with { Payload = """{"range":null,"rooms":2,"allowance":1}""" };
        await AssertFailing(null);
    }

    [Fact]
    public async Task Run_RangeWithLessThanTheBase_IsOversoldThere()
    {
        _log.Events.Insert(1, (_log.Inventory, "inventory.capacity-set.v1",
            $$$"""{"range":{"checkIn":"{{{Plan.Bookings[0].CheckIn:O}}}","checkOut":"{{{Plan.Bookings[0].CheckOut:O}}}"},"rooms":2,"allowance":0}"""));
        await AssertFailing("3 rooms taken, 2 allowed", Capacity);
    }

    [Fact]
    public async Task Run_CapacityLoweredBelowWhatIsTaken_IsAMomentToo()
    {
        _log.Add(_log.Inventory, "inventory.capacity-set.v1", """{"range":null,"rooms":1,"allowance":0}""");
        await AssertFailing("2 rooms taken, 1 allowed", Capacity);
    }

    [Fact]
    public async Task Run_HoldPlacedTwice_Fails()
    {
        _log.Held(AuditSample.Stay, 0);
        await AssertFailing("1 holds placed while they stood or released while they did not", Capacity, Taken);
    }

    [Fact]
    public async Task Run_ReleasedTwice_Fails()
    {
        _log.Settle("released", AuditSample.Cancelled);
        await AssertFailing("1 holds placed while they stood or released while they did not", Capacity, Taken);
    }

    [Fact]
    public async Task Run_HoldPlacedAgainAfterItsRelease_CountsAsTakenUntilItIsReleasedAgain()
    {
        _log.Held(AuditSample.Cancelled, 2);
        await AssertFailing("3 rooms taken, 2 sold", Taken);

        _log.Settle("released", AuditSample.Cancelled);
        await AssertFailing(null);
    }

    [Fact]
    public async Task Run_SoldOutThoughARoomWasLeft_Fails()
    {
        var booking = Plan.Bookings[3];
        _answers = _answers with { SoldOut = [booking with { CheckIn = booking.CheckOut, CheckOut = booking.CheckOut.AddDays(1) }] };
        await AssertFailing("but no night from", SoldOut);
    }

    [Fact]
    public async Task Run_ConfirmationMissing_Fails()
    {
        _log.Remove(AuditSample.Stay, "confirmed");
        await AssertFailing("not confirmed in the log", Confirmed, NothingPending);
    }

    [Fact]
    public async Task Run_ConfirmedTwice_Fails()
    {
        _log.Confirm(AuditSample.Stay, AuditSample.TotalMinor);
        await AssertFailing("confirmed 2 times", Confirmed);
    }

    [Fact]
    public async Task Run_WrongTotal_Fails()
    {
        _log.Remove(AuditSample.Free, "confirmed");
        _log.Confirm(AuditSample.Free, 1);
        await AssertFailing("confirmed for 1 EUR, not 0", Confirmed);
    }

    [Fact]
    public async Task Run_SoldOutRowConfirmed_Fails()
    {
        _log.Confirm(AuditSample.SoldOut, AuditSample.TotalMinor);
        await AssertFailing($"reservation {AuditSample.SoldOut} is confirmed", NothingElse);
    }

    [Fact]
    public async Task Run_RowBookedTwice_Fails()
    {
        var twin = Guid.NewGuid();
        _log.Sell(twin, 0);
        await AssertFailing($"reservation {twin} is confirmed", NothingElse, Taken);
    }

    [Fact]
    public async Task Run_CancellationLost_Fails()
    {
        _log.Remove(AuditSample.Cancelled, "cancelled");
        await AssertFailing("is cancelled 0 times", CancelledOnce, NothingPending);
    }

    [Fact]
    public async Task Run_ReservationUnderway_Fails()
    {
        _log.Request(Guid.NewGuid());
        await AssertFailing("has not ended", NothingPending);
    }

    [Fact]
    public async Task Run_HoldOfAReservationWithoutEvents_Fails()
    {
        _log.Held(Guid.NewGuid(), 3);
        await AssertFailing("has not ended", NothingPending, Taken);
    }

    [Fact]
    public async Task Run_RoomsNeverReleased_Fails()
    {
        _log.Events.RemoveAll(one => one.Type == "inventory.released.v1");
        await AssertFailing("3 rooms taken, 2 sold", Taken);
    }

    [Fact]
    public async Task Run_RoomsOfAStayReleased_Fails()
    {
        _log.Settle("released", AuditSample.Stay);
        await AssertFailing("0 rooms taken, 1 sold", Taken);
    }

    [Fact]
    public async Task Run_RowWithoutAnAnswer_MayBeBookedOnceForItsTotalOrNotAtAll()
    {
        _answers = _answers with { SoldOut = [], Undecided = [Plan.Bookings[3]] };
        await AssertFailing(null);

        _log.Sell(Guid.NewGuid(), 3);
        await AssertFailing(null);

        _log.Sell(Guid.NewGuid(), 3);
        await AssertFailing("3 rooms taken, 2 sold", Capacity, NothingElse, Taken);
    }

    [Fact]
    public async Task Run_RowWithoutAnAnswerIsBookedForAnotherTotal_Fails()
    {
        _answers = _answers with { SoldOut = [], Undecided = [Plan.Bookings[3]] };
        var late = Guid.NewGuid();
        _log.Sell(late, 3);
        _log.Remove(late, "confirmed");
        _log.Confirm(late, 1);

        await AssertFailing($"reservation {late} is confirmed", NothingElse, Taken);
    }

    [Fact]
    public async Task Run_CancellationWithoutAnAnswer_MayHaveHappenedOnceOrNotAtAll()
    {
        _answers = _answers with { Accepted = [_answers.Accepted[0] with { IsCancellationUndecided = true }, .. _answers.Accepted.Skip(1)] };
        await AssertFailing(null);

        _log.Reserved(AuditSample.Stay, "cancelled", "{}");
        await AssertFailing("1 rooms taken, 0 sold", Taken);

        _log.Settle("released", AuditSample.Stay);
        await AssertFailing(null);

        _log.Reserved(AuditSample.Stay, "cancelled", "{}");
        await AssertFailing("is cancelled 2 times", CancelledOnce);
    }

    [Fact]
    public async Task Read_Refunds_AreSummed()
    {
        await _log.Write(database.Source);

        var logged = await new ReservationLog(database.Source).Read(Plan, TestContext.Current.CancellationToken);

        Assert.Equal(AuditSample.TotalMinor, Assert.Single(logged, reservation => reservation.Id == AuditSample.Cancelled).RefundedMinor);
        Assert.DoesNotContain(logged, reservation => reservation.Id == AuditSample.Other);
    }

    /// <param name="offender">Has to be named by one of the failing checks.</param>
    private async Task AssertFailing(string? offender, params string[] failing)
    {
        var checks = await Check();

        Assert.Equal(failing.Order(), checks.Where(check => check.Holds == false).Select(check => check.Name).Order());
        if (offender is not null)
            Assert.Contains(checks.SelectMany(check => check.Offenders), one => one.Contains(offender, StringComparison.Ordinal));
    }

    // Without the wait for the system to settle: nothing works on this log.
    private async Task<List<CheckResult>> Check()
    {
        await _log.Write(database.Source);
        var stock = new StockLog(database.Source);
        var logged = await new ReservationLog(database.Source).Read(Plan, TestContext.Current.CancellationToken);
        var accepted = Hindsight.Of(_answers, logged);
        var histories = await stock.History(Plan.InventoryStreams(), TestContext.Current.CancellationToken);
        return
        [
            StockChecks.NeverOverCapacity(histories),
            StockChecks.SoldOutWasFull(_answers.SoldOut, histories),
            .. ReservationChecks.Of(accepted, logged),
            StockChecks.TakenIsSold(accepted, await stock.TakenAtEnd(Plan.InventoryStreams(), TestContext.Current.CancellationToken)),
        ];
    }
}
