using TravelHub.Client.Replay;
using TravelHub.Client.Replay.Audit;

namespace TravelHub.Client.Tests.Replay.Audit;

public sealed class ReservationChecksTests
{
    private const int Confirmed = 0;
    private const int NothingElse = 1;
    private const int CancelledOnce = 2;
    private const int NothingPending = 3;

    private readonly List<AcceptedBooking> _accepted = AuditSample.Accepted(AuditSample.Plan("run")).ToList();

    private readonly Dictionary<Guid, LoggedReservation> _log = new LoggedReservation[]
    {
        new(AuditSample.Stay, 1, AuditSample.TotalMinor, "EUR", 0, 0, true),
        new(AuditSample.Free, 1, 0, "EUR", 0, 0, true),
        new(AuditSample.Cancelled, 1, AuditSample.TotalMinor, "EUR", 1, AuditSample.TotalMinor, true),
        new(AuditSample.SoldOut, 0, null, null, 0, 0, true),
    }.ToDictionary(reservation => reservation.Id);

    [Fact]
    public void Of_RightLog_AllHold() => Assert.All(Checks(), check => Assert.True(check.Holds, check.Name));

    [Fact]
    public void Of_LostBooking_Fails()
    {
        _log.Remove(AuditSample.Stay);
        AssertOnly(Confirmed);
    }

    [Fact]
    public void Of_ConfirmationMissing_Fails()
    {
        _log[AuditSample.Stay] = _log[AuditSample.Stay] with { Confirmed = 0, ConfirmedMinor = null, Currency = null };
        AssertOnly(Confirmed);
    }

    [Fact]
    public void Of_ConfirmedTwice_Fails()
    {
        _log[AuditSample.Stay] = _log[AuditSample.Stay] with { Confirmed = 2 };
        AssertOnly(Confirmed);
    }

    [Theory]
    [InlineData(AuditSample.TotalMinor + 1, "EUR")]
    [InlineData(AuditSample.TotalMinor, "USD")]
    public void Of_ConfirmedForAnotherTotal_Fails(long minor, string currency)
    {
        _log[AuditSample.Stay] = _log[AuditSample.Stay] with { ConfirmedMinor = minor, Currency = currency };
        AssertOnly(Confirmed);
    }

    [Fact]
    public void Of_TwoRowsWithOneReservation_Fails()
    {
        _accepted.Add(_accepted[0] with { Booking = _accepted[0].Booking with { Line = 99 } });
        AssertOnly(Confirmed);
    }

    [Fact]
    public void Of_SoldOutRowConfirmed_Fails()
    {
        _log[AuditSample.SoldOut] = _log[AuditSample.SoldOut] with { Confirmed = 1, ConfirmedMinor = 1 };
        AssertOnly(NothingElse);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(2)]
    public void Of_CancelledRowNotCancelledOnce_Fails(int times)
    {
        _log[AuditSample.Cancelled] = _log[AuditSample.Cancelled] with { Cancelled = times };
        AssertOnly(CancelledOnce);
    }

    [Fact]
    public void Of_CancelledThoughNobodyAsked_Fails()
    {
        _log[AuditSample.Stay] = _log[AuditSample.Stay] with { Cancelled = 1 };
        AssertOnly(CancelledOnce);
    }

    [Fact]
    public void Of_Pending_FailsButMaySettle()
    {
        _log[AuditSample.SoldOut] = _log[AuditSample.SoldOut] with { HasEnded = false };
        AssertOnly(NothingPending);
        Assert.True(Checks()[NothingPending].MaySettle);
    }

    private IReadOnlyList<CheckResult> Checks() => ReservationChecks.Of(_accepted, _log.Values.ToList());

    private void AssertOnly(int failing)
    {
        var checks = Checks();
        Assert.Equal([failing], Enumerable.Range(0, checks.Count).Where(i => checks[i].Holds == false));
        Assert.NotEmpty(checks[failing].Offenders);
    }
}
