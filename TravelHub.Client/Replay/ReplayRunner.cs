using TravelHub.Client.Http;

namespace TravelHub.Client.Replay;

/// <summary>
/// Sends a plan's steps. The clients draw them one by one in the plan's order, so that one client sends strictly in sequence, and with
/// several only neighbours overlap. A cancellation waits for its own booking; that one was drawn earlier, so that no wait can be circular.
/// </summary>
internal sealed class ReplayRunner(ReplayPlan plan, TravelHubClient client, ReplayTally tally, TimeProvider time)
{
    private const string PaymentToken = "tok_ok";

    // Answers continue elsewhere than on the thread that sets them, or a client would do the work of another.
    private readonly TaskCompletionSource<BookingResult>[] _results = plan.Bookings
        .Select(_ => new TaskCompletionSource<BookingResult>(TaskCreationOptions.RunContinuationsAsynchronously))
        .ToArray();

    // Each entry of both has one writer: the client that drew the row's cancellation.
    private readonly bool[] _isCancelled = new bool[plan.Bookings.Count];
    private readonly bool[] _isCancellationUndecided = new bool[plan.Bookings.Count];

    private int _drawn = -1;

    /// <inheritdoc cref="Run(int, CancellationToken, CancellationToken)"/>
    public Task<ReplayAnswers> Run(int clients, CancellationToken cancellationToken) => Run(clients, CancellationToken.None, cancellationToken);

    /// <param name="clients">How many steps may be under way at once.</param>
    /// <param name="noMore">No step is begun after it; those under way are ended.</param>
    public async Task<ReplayAnswers> Run(int clients, CancellationToken noMore, CancellationToken cancellationToken)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        await Task.WhenAll(Enumerable.Range(0, clients).Select(_ => Task.Run(() => Work(stop, noMore), CancellationToken.None)));

        var (accepted, soldOut, undecided) = (new List<AcceptedBooking>(), new List<PlannedBooking>(), new List<PlannedBooking>());
        for (var i = 0; i < _results.Length; i++)
        {
            if (!_results[i].Task.IsCompleted)
                continue;   // never begun
            var result = await _results[i].Task;
            if (result is { Fate: BookingFate.Accepted, Reservation: { } reservation })
                accepted.Add(new AcceptedBooking(plan.Bookings[i], reservation, _isCancelled[i]) { IsCancellationUndecided = _isCancellationUndecided[i] });
            else if (result.Fate == BookingFate.SoldOut)
                soldOut.Add(plan.Bookings[i]);
            else if (result.Fate == BookingFate.Undecided)
                undecided.Add(plan.Bookings[i]);
        }

        return new ReplayAnswers(accepted, soldOut, undecided);
    }

    private async Task Work(CancellationTokenSource stop, CancellationToken noMore)
    {
        try
        {
            for (int next; !noMore.IsCancellationRequested && (next = Interlocked.Increment(ref _drawn)) < plan.Steps.Count;)
            {
                var step = plan.Steps[next];
                if (step.IsCancellation)
                    await Cancel(step.Booking, stop.Token);
                else
                    await Book(step.Booking, stop.Token);
            }
        }
        catch
        {
            // Otherwise the others would wait for a booking that nobody makes any more.
            await stop.CancelAsync();
            throw;
        }
    }

    private async Task Book(int index, CancellationToken cancellationToken)
    {
        var booking = plan.Bookings[index];
        var began = time.GetTimestamp();
        BookingResult result;
        try
        {
            result = Judge(booking, await client.Book(Request(booking), booking.IdempotencyKey, cancellationToken));
        }
        catch (TravelHubException e)
        {
            tally.Error(booking.Line, $"booking: {e.Message}");
            result = new BookingResult(IsNo(e) ? BookingFate.Failed : BookingFate.Undecided);
        }

        tally.Booked(result.Fate, time.GetElapsedTime(began));
        _results[index].SetResult(result);
    }

    private BookingResult Judge(PlannedBooking booking, BookingAnswer answer)
    {
        switch (answer)
        {
            case BookingAnswer.SoldOut:
                return new BookingResult(BookingFate.SoldOut);

            case BookingAnswer.Taken { Reservation: { Status: ReservationStatus.Confirmed } reservation }:
                var expected = new Money(booking.TotalMinor, ReplayPlanner.Currency);
                if (reservation.Total != expected)
                    tally.Error(booking.Line, $"reservation {reservation.Id} was confirmed for {reservation.Total}, not {expected}");
                return new BookingResult(BookingFate.Accepted, reservation.Id);

            case BookingAnswer.Taken { Reservation: var reservation }:
                tally.Error(booking.Line, $"reservation {reservation.Id} ended as {reservation.Status}: {reservation.Reason}");
                return new BookingResult(BookingFate.Failed);

            default:
                throw new InvalidOperationException($"An answer of no known kind: {answer}");
        }
    }

    private async Task Cancel(int index, CancellationToken cancellationToken)
    {
        var result = await _results[index].Task.WaitAsync(cancellationToken);
        if (result is not { Fate: BookingFate.Accepted, Reservation: { } id })
        {
            tally.CancellationSkipped();
            return;
        }

        var line = plan.Bookings[index].Line;
        var isCancelled = false;
        try
        {
            var reservation = await client.Cancel(id, cancellationToken);
            isCancelled = reservation.Status == ReservationStatus.Cancelled;
            if (!isCancelled)
                tally.Error(line, $"reservation {id} was to be cancelled and is {reservation.Status}");
        }
        catch (TravelHubException e)
        {
            tally.Error(line, $"cancellation of {id}: {e.Message}");
            _isCancellationUndecided[index] = !IsNo(e);
        }

        tally.CancellationEnded(isCancelled);
        _isCancelled[index] = isCancelled;
    }

    /// <summary>Whether what was asked for will not happen. A time-out is no such word, nor is a failure on the way: the request may have arrived.</summary>
    private static bool IsNo(TravelHubException e) => e.Problem?.Status is >= 400 and < 500 and not (408 or 429);

    private static BookingRequest Request(PlannedBooking booking) => new(
        [
            new StayDocument(
                booking.PropertyId, booking.RoomType, booking.CheckIn, booking.CheckOut, Rooms: 1, booking.Guests, booking.RatePlan),
        ],
        new GuestDocument($"Guest of line {booking.Line}", $"line-{booking.Line}@replay.example"),
        PaymentToken);
}
