using TravelHub.Client.Replay.Audit;
using TravelHub.Lab.Checks;
using TravelHub.Lab.Logs;
using TravelHub.Lab.Workload;

namespace TravelHub.Lab.Tests.Checks;

public sealed class AcknowledgedChecksTests
{
    private const string IsLogged = "what was acknowledged is in the log, in that state or a later one";
    private const string IsOnce = "nothing happened twice";
    private const string IsSame = "the same key got the same answer";
    private const string IsAnswered = "every request was answered in the end";

    [Fact]
    public void Of_AllIsWell_Holds() => Assert.All(Of(SmallRun.Told, SmallRun.Log()), check => Assert.True(check.Holds, string.Join("; ", check.Offenders)));

    [Fact]
    public void Of_AcknowledgedIsNotInTheLog_IsFound() =>
        Broken(IsLogged, Of(SmallRun.Told, SmallRun.Log(SmallRun.TheCancelled, SmallRun.TheSoldOut)), "not in the log");

    [Fact]
    public void Of_OnlyItsHoldWasKnown_IsFound() => Broken(
        IsLogged, Of(SmallRun.Told, Log(SmallRun.TheConfirmed with { IsRequested = false, Events = ["reservation.abandoned.v1"] })), "not in the log");

    [Fact]
    public void Of_AcknowledgedVersionIsAheadOfTheLog_IsFound() =>
        Broken(IsLogged, Of(SmallRun.Told, Log(SmallRun.TheConfirmed with { Version = 2 })), "ends at version 2");

    [Fact]
    public void Of_CancellationIsNotInTheLog_IsFound()
    {
        var lost = SmallRun.TheCancelled with { Events = [.. SmallRun.TheCancelled.Events.Take(5)], Status = "cancelling" };

        Broken(IsLogged, Of(SmallRun.Told, SmallRun.Log(SmallRun.TheConfirmed, lost, SmallRun.TheSoldOut)), "no reservation.cancelled.v1");
    }

    [Fact]
    public void Of_CancellationWasOverwritten_IsFound() => Broken(
        IsLogged, Of(SmallRun.Told, SmallRun.Log(SmallRun.TheConfirmed, SmallRun.TheCancelled with { Status = "confirmed" }, SmallRun.TheSoldOut)), "confirmed in the log all the same");

    [Fact]
    public void Of_ConfirmedEndsCancelledThoughNobodyAsked_IsFound() =>
        Broken(IsLogged, Of(SmallRun.Told, Log(SmallRun.TheConfirmed with { Status = "cancelled" })), "nobody cancelled it");

    [Fact]
    public void PromisesLeft_PendingAndNeverAskedForAgain_IsCounted()
    {
        var promised = SmallRun.Told[0] with { Key = "promised", Command = LabRequest.Book, State = "pending" };

        Assert.Equal(1, AcknowledgedChecks.PromisesLeft([promised, promised with { Key = "kept" }, promised with { Key = "kept", State = "confirmed" }]));
    }

    [Fact]
    public void Of_CancellationWasNeverAnswered_MayHaveHappened()
    {
        var unanswered = LabRequest.ForCancellation("e", SmallRun.Confirmed);

        var checks = AcknowledgedChecks.Of(SmallRun.Told, [unanswered], Log(SmallRun.TheConfirmed with { Status = "cancelled" }));

        Assert.True(checks.Single(check => check.Name == IsLogged).Holds);
        Broken(IsAnswered, checks, "cancel e");
    }

    [Fact]
    public void Of_OtherTotal_IsFound() => Broken(IsLogged, Of(SmallRun.Told, Log(SmallRun.TheConfirmed with { TotalMinor = 1 })), "the log has 1");

    [Fact]
    public void Of_AcknowledgedIsUnknownLater_IsFound() => Broken(
        IsLogged,
        Of([.. SmallRun.Told, new Acknowledgement(7, LabRequest.Cancel, "f", SmallRun.Confirmed, 404, "reservation-not-found", null, null)], SmallRun.Log()),
        "as if it never was");

    [Fact]
    public void Of_ConfirmedTwice_IsFound() => Broken(
        IsOnce, Of(SmallRun.Told, Log(SmallRun.TheConfirmed with { Events = [.. SmallRun.TheConfirmed.Events, "reservation.confirmed.v1"] })), "2 times");

    [Fact]
    public void Of_RepeatGetsAnotherAnswer_IsFound() => Broken(
        IsSame, Of([.. SmallRun.Told, SmallRun.Told[4] with { HttpStatus = 201, State = "confirmed" }], SmallRun.Log()), "key d");

    [Theory]
    [InlineData(LabRequest.Misuse, 201, "confirmed")]
    [InlineData(LabRequest.Book, 422, "idempotency-key-reused")]
    public void Of_KeyTakesAnotherRequestOrRefusesItsOwn_IsFound(string command, int status, string state) => Broken(
        "a key that was used takes no other request",
        Of([.. SmallRun.Told, new Acknowledgement(8, command, "a", SmallRun.Confirmed, status, state, 3, SmallRun.PriceMinor)], SmallRun.Log()),
        "under key a");

    private static ReplayedLog Log(ReplayedReservation confirmed) => SmallRun.Log(confirmed, SmallRun.TheCancelled, SmallRun.TheSoldOut);

    private static IReadOnlyList<CheckResult> Of(IReadOnlyList<Acknowledgement> told, ReplayedLog log) => AcknowledgedChecks.Of(told, [], log);

    private static void Broken(string name, IReadOnlyList<CheckResult> checks, string words)
    {
        var check = checks.Single(check => check.Name == name);
        Assert.False(check.Holds);
        Assert.Contains(words, check.Offenders[0], StringComparison.Ordinal);
    }
}
