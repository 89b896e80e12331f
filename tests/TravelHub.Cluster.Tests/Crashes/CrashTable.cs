using TravelHub.Grains.Abstractions.Reservations;

namespace TravelHub.Cluster.Tests.Crashes;

/// <summary>Where a silo dies, and what must have come of it in the end. Rows of a kind stand together.</summary>
internal static class CrashTable
{
    // Long enough to reach the failpoint on a slow machine; over before a second silo is there, or soon after.
    private const int Short = 6;

    private const string Confirmed = ReservationStatus.Confirmed;
    private const string Cancelled = ReservationStatus.Cancelled;
    private const string SoldOut = ReservationStatus.SoldOut;
    private const string Lapsed = ReservationStatus.Lapsed;

    public static readonly IReadOnlyList<CrashRow> Rows =
    [
        // The request and the hold.
        new("requested-append.before-commit", CrashScene.Book, Finish.Retry, Confirmed),
        new("requested-append.after-commit", CrashScene.Book, Finish.Retry, Confirmed),
        new("requested-append.without-held", CrashScene.Book, Finish.Reminders, Confirmed),
        new("place-hold.before-call", CrashScene.Book, Finish.Retry, Confirmed),
        new("place-hold.after-call", CrashScene.BookTwo, Finish.Retry, Confirmed),
        new("held-append.before-commit", CrashScene.Book, Finish.Retry, Confirmed),
        new("held-append.after-commit", CrashScene.BookTwo, Finish.Retry, Confirmed),
        new("held-append.without-requested", CrashScene.Book, Finish.Look, Lapsed, HoldSeconds: Short),
        new("held-append.without-requested", CrashScene.Book, Finish.Look, Lapsed, HoldSeconds: Short, DiesAgain: "abandoned-append.before-commit"),
        new("held-append.without-requested", CrashScene.Book, Finish.Look, Lapsed, HoldSeconds: Short, DiesAgain: "abandoned-append.after-commit"),
        new("vote.before-call", CrashScene.Book, Finish.Retry, Confirmed),
        new("vote.after-call", CrashScene.Book, Finish.Retry, Confirmed),
        new("rooms-held-append.before-commit", CrashScene.BookTwo, Finish.Reminders, Confirmed),
        new("rooms-held-append.after-commit", CrashScene.Hold, Finish.Reminders, Lapsed, HoldSeconds: Short),
        new("sold-out-append.after-commit", CrashScene.BookSoldOut, Finish.Retry, SoldOut),
        new("sold-out-append.before-commit", CrashScene.BookTwoHalfSoldOut, Finish.Reminders, SoldOut),
        new("sold-out-append.after-commit", CrashScene.BookTwoHalfSoldOut, Finish.Reminders, SoldOut),

        // The charge.
        new("charge.before-call", CrashScene.Book, Finish.Reminders, Confirmed),
        new("charge.after-call", CrashScene.Book, Finish.Reminders, Confirmed),
        new("charge.before-call", CrashScene.Book, Finish.Reminders, Lapsed, HoldSeconds: Short, DiesAgain: "void.before-call"),
        new("charge.after-call", CrashScene.Book, Finish.Reminders, Confirmed, HoldSeconds: Short, DiesAgain: "void.after-call"),
        new("charge.before-call", CrashScene.Book, Finish.Reminders, Lapsed, HoldSeconds: Short, DiesAgain: "payment-voided-append.before-commit"),
        new("charge.before-call", CrashScene.Book, Finish.Reminders, Lapsed, HoldSeconds: Short, DiesAgain: "payment-voided-append.after-commit"),
        new("payment-declined-append.before-commit", CrashScene.BookDeclined, Finish.Reminders, Lapsed, HoldSeconds: Short),
        new("payment-declined-append.after-commit", CrashScene.BookDeclined, Finish.Retry, Lapsed, HoldSeconds: Short, Answer: ReservationStatus.Declined),
        new("payment-started-append.before-commit", CrashScene.Pay, Finish.Retry, Confirmed),
        new("payment-started-append.after-commit", CrashScene.Pay, Finish.Reminders, Confirmed),
        new("charge.after-call", CrashScene.Pay, Finish.Retry, Confirmed),
        new("confirmed-append.before-commit", CrashScene.BookTwo, Finish.Reminders, Confirmed),
        new("confirmed-append.after-commit", CrashScene.Book, Finish.Retry, Confirmed),
        new("tell-sold.before-call", CrashScene.Book, Finish.Look, Confirmed, HoldSeconds: Short),
        new("tell-sold.after-call", CrashScene.Book, Finish.Retry, Confirmed),
        new("sold-append.before-commit", CrashScene.Book, Finish.Look, Confirmed, HoldSeconds: Short),
        new("sold-append.after-commit", CrashScene.BookTwo, Finish.Look, Confirmed, HoldSeconds: Short),

        // Cancellation and refund.
        new("cancel-requested-append.before-commit", CrashScene.CancelConfirmed, Finish.Retry, Cancelled),
        new("cancel-requested-append.after-commit", CrashScene.CancelConfirmed, Finish.Reminders, Cancelled),
        new("cancel-requested-append.after-commit", CrashScene.CancelHeld, Finish.Reminders, Cancelled),
        new("refund.before-call", CrashScene.CancelConfirmed, Finish.Reminders, Cancelled),
        new("refund.after-call", CrashScene.CancelConfirmed, Finish.Reminders, Cancelled),
        new("refunded-append.before-commit", CrashScene.CancelConfirmed, Finish.Reminders, Cancelled),
        new("refunded-append.after-commit", CrashScene.CancelConfirmed, Finish.Reminders, Cancelled),
        new("cancelled-append.before-commit", CrashScene.CancelConfirmed, Finish.Reminders, Cancelled),
        new("cancelled-append.after-commit", CrashScene.CancelConfirmed, Finish.Reminders, Cancelled),
        new("tell-released.before-call", CrashScene.CancelTwo, Finish.Reminders, Cancelled),
        new("tell-released.after-call", CrashScene.CancelTwo, Finish.Reminders, Cancelled),
        new("released-append.before-commit", CrashScene.CancelTwo, Finish.Reminders, Cancelled),
        new("released-append.after-commit", CrashScene.CancelConfirmed, Finish.Reminders, Cancelled),
        new("charge.after-call", CrashScene.CancelWhileCharging, Finish.Reminders, Cancelled),

        // The hold's end.
        new("ask-hold.before-call", CrashScene.HoldEnds, Finish.Reminders, Lapsed, HoldSeconds: Short),
        new("ask-hold.after-call", CrashScene.HoldEnds, Finish.Reminders, Lapsed, HoldSeconds: Short),
        new("lapsed-append.before-commit", CrashScene.HoldEnds, Finish.Reminders, Lapsed, HoldSeconds: Short),
        new("lapsed-append.after-commit", CrashScene.HoldEnds, Finish.Reminders, Lapsed, HoldSeconds: Short),

        // What follows from the log: the resync's cursor, and snapshots. Owners' rows are checked in every row.
        new("resync-tell.before-call", CrashScene.CancelConfirmed, Finish.Reminders, Cancelled),
        new("resync-tell.after-call", CrashScene.CancelTwo, Finish.Reminders, Cancelled),
        new("snapshot.before-commit", CrashScene.BookAmongMany, Finish.Retry, Confirmed),
        new("snapshot.after-commit", CrashScene.BookAmongMany, Finish.Retry, Confirmed),
    ];
}
