using System.Globalization;
using TravelHub.Lab.Instances;

namespace TravelHub.Lab.Workload;

/// <summary>One customer in a closed loop: the next request follows the answer to the last. What he asks for is drawn from the seed.</summary>
internal sealed class LabClient(int number, LabLoad load, IGateway gateway, History history, TimeProvider time)
{
    private const int MostConfirmed = 8;
    private const int MostRemembered = 50;
    private const string Ok = "tok_ok";
    private const string Slow = "tok_slow";
    private const string Declined = "tok_declined";
    private const string TimesOut = "tok_timeout_after_commit";

    private static readonly TimeSpan AttemptTimeout = TimeSpan.FromSeconds(8);

    private readonly Random _random = new(SeedOf(load, number, 0));   // of what he asks for; how he waits is drawn apart, or it would change what he asks for next
    private readonly List<Guid> _confirmed = [];
    private readonly List<LabRequest> _answered = [];
    private int _keys;
    private int _waits;

    /// <summary>Goes on until the load is over, and then until the last answer is known.</summary>
    /// <param name="loadIsOver">No new request after this.</param>
    /// <param name="giveUp">Whatever is not known then stays unknown.</param>
    public async Task Run(CancellationToken loadIsOver, CancellationToken giveUp)
    {
        while (!loadIsOver.IsCancellationRequested)
        {
            if (load.Mix == LabMix.Payments)
            {
                await ActInHaste(giveUp);
                continue;
            }

            await (load.Mix == LabMix.Corners ? ActOddly(giveUp) : Act(giveUp));
            await Wait(TimeSpan.FromMilliseconds(_random.Next(100)), giveUp);
        }
    }

    private Task Act(CancellationToken giveUp) => _confirmed.Count >= MostConfirmed ? Cancel(giveUp) : _random.Next(100) switch
    {
        < 45 => Book([Stay()], giveUp),
        < 57 => Book([.. Enumerable.Range(0, _random.Next(2, 4)).Select(_ => Stay())], giveUp),
        < 69 => HoldThenPay(isLate: false, giveUp),
        < 71 => HoldThenPay(isLate: true, giveUp),
        < 76 => HoldOnly(giveUp),
        < 88 when _confirmed.Count > 0 => Cancel(giveUp),
        < 90 when FirstBooking is { } used => Misuse(used, giveUp),
        _ when _answered.Count > 0 => UntilKnown(_answered[_random.Next(_answered.Count)], giveUp),
        _ => Book([Stay()], giveUp),
    };

    private Task ActOddly(CancellationToken giveUp) => _confirmed.Count >= MostConfirmed ? Cancel(giveUp) : _random.Next(100) switch
    {
        < 30 => Book([Stay(_random.Next(1, 3))], giveUp),
        < 44 => Book([.. Enumerable.Range(0, _random.Next(2, 4)).Select(_ => Stay(_random.Next(1, 3)))], giveUp),
        < 56 => HoldThenPay(isLate: false, giveUp),
        < 62 => HoldThenPay(isLate: true, giveUp),
        < 66 => HoldOnly(giveUp),
        < 80 when _confirmed.Count > 0 => Cancel(giveUp),
        < 84 when _confirmed.Count > 0 => Look(giveUp),
        < 89 when FirstBooking is { } used => Misuse(used, giveUp),
        _ when _answered.Count > 0 => UntilKnown(_answered[_random.Next(_answered.Count)], giveUp),
        _ => Book([Stay()], giveUp),
    };

    private LabRequest? FirstBooking => _answered.Find(request => request.Command == LabRequest.Book);

    private Task Misuse(LabRequest used, CancellationToken giveUp) => UntilKnown(LabRequest.ForMisuse(used.Key, [Stay(rooms: 3)], Declined), giveUp);

    // What was shown once must not stand in the way of what is shown later.
    private async Task Look(CancellationToken giveUp)
    {
        try
        {
            await gateway.Reservation(_confirmed[_random.Next(_confirmed.Count)], giveUp);
            await gateway.Left(LabCatalogue.Destination, LabCatalogue.FirstNight.AddDays(_random.Next(LabCatalogue.Nights)), nights: 1, giveUp);
        }
        catch (Exception e) when (e is TimeoutException or OperationCanceledException)
        {
            // Nobody promised that a look is always possible.
        }
    }

    // Nothing but payments: with cards that are declined or fall silent, and one request in eight sent twice at the same time.
    private async Task ActInHaste(CancellationToken giveUp)
    {
        if (_confirmed.Count >= MostConfirmed)
        {
            await Cancel(giveUp);
            return;
        }

        var token = _random.Next(50) switch { < 4 => Declined, 4 => Slow, 5 => TimesOut, _ => Ok };
        var stay = Stay(_random.Next(4) == 0 ? LabCatalogue.Calm : LabCatalogue.Probe);
        if (_random.Next(10) > 0)
        {
            Keep(await MaybeTwice(LabRequest.ForBooking(NewKey(), [stay], token), giveUp));
        }
        else if (await UntilKnown(LabRequest.ForBooking(NewKey(), [stay], token: null), giveUp) is { State: "held", Reservation: { } held })
        {
            if (_random.Next(2) == 0)
                await MaybeTwice(LabRequest.ForPayment(NewKey(), held.Id, Declined), giveUp);
            Keep(await MaybeTwice(LabRequest.ForPayment(NewKey(), held.Id, token), giveUp));
        }
    }

    private async Task<Reply?> MaybeTwice(LabRequest request, CancellationToken giveUp) => _random.Next(8) > 0
        ? await UntilKnown(request, giveUp)
        : (await Task.WhenAll(UntilKnown(request, giveUp), UntilKnown(request, giveUp)))[0];

    private async Task Book(LabStay[] stays, CancellationToken giveUp)
    {
        var token = _random.Next(20) switch { 0 => Declined, 1 => Slow, 2 when load.Mix == LabMix.Corners => TimesOut, _ => Ok };
        Keep(await UntilKnown(LabRequest.ForBooking(NewKey(), stays, token), giveUp));
    }

    private Task HoldOnly(CancellationToken giveUp) => UntilKnown(LabRequest.ForBooking(NewKey(), [Stay()], token: null), giveUp);

    // Late: the charge begins before the hold's time is up, and is captured after it.
    private async Task HoldThenPay(bool isLate, CancellationToken giveUp)
    {
        var asked = time.GetTimestamp();
        if (await UntilKnown(LabRequest.ForBooking(NewKey(), [Stay()], token: null), giveUp) is not { State: "held", Reservation: { } held })
            return;
        if (isLate)
            await Wait(load.HoldLifetime - TimeSpan.FromSeconds(0.3 + _random.NextDouble()) - time.GetElapsedTime(asked), giveUp);
        else if (_random.Next(8) == 0)
            await UntilKnown(LabRequest.ForPayment(NewKey(), held.Id, Declined), giveUp);
        var token = !isLate ? Ok : load.Mix == LabMix.Corners && _random.Next(2) == 0 ? TimesOut : Slow;
        Keep(await UntilKnown(LabRequest.ForPayment(NewKey(), held.Id, token), giveUp));
    }

    private async Task Cancel(CancellationToken giveUp)
    {
        var reservation = _confirmed[_random.Next(_confirmed.Count)];
        _confirmed.Remove(reservation);
        await UntilKnown(LabRequest.ForCancellation(NewKey(), reservation), giveUp);
    }

    // A booking that is promised (202) is asked for again by half of those who made it: the others would not mend what was lost.
    /// <returns>Null when it was given up, or left at a promise.</returns>
    private async Task<Reply?> UntilKnown(LabRequest request, CancellationToken giveUp)
    {
        var random = new Random(SeedOf(load, number, ++_waits));
        try
        {
            while (true)
            {
                var reply = await gateway.Ask(request, AttemptTimeout, giveUp);
                history.Add(request, reply);
                if (reply is { IsUnderWay: true } && request.Command == LabRequest.Book && random.Next(2) == 0)
                    return null;
                if (reply is { IsUnderWay: false })
                {
                    Remember(request, random);
                    return reply;
                }

                await Task.Delay(TimeSpan.FromMilliseconds(random.Next(50, 500)), time, giveUp);
            }
        }
        catch (OperationCanceledException)
        {
            history.GiveUp(request);
            return null;
        }
    }

    private void Keep(Reply? reply)
    {
        if (reply is { State: "confirmed", Reservation: { } confirmed })
            _confirmed.Add(confirmed.Id);
    }

    // Of a request that is sent twice at the same time both answers may come at once.
    private void Remember(LabRequest request, Random random)
    {
        lock (_answered)
        {
            if (_answered.Count < MostRemembered)
                _answered.Add(request);
            else
                _answered[random.Next(MostRemembered)] = request;
        }
    }

    private LabStay Stay(int rooms = 1) => Stay(_random.Next(2) == 0 ? LabCatalogue.Hot : LabCatalogue.Calm) with { Rooms = rooms };

    private LabStay Stay(IReadOnlyList<LabRoom> rooms) => new(
        rooms[_random.Next(rooms.Count)], LabCatalogue.FirstNight.AddDays(_random.Next(LabCatalogue.Nights)), _random.Next(1, LabCatalogue.MostNights + 1));

    private static int SeedOf(LabLoad load, int number, int draw) => unchecked((((load.Seed * 397) ^ number) * 397) ^ draw);

    private string NewKey() => string.Create(CultureInfo.InvariantCulture, $"lab-{load.Seed}-{number}-{_keys++}");

    private async Task Wait(TimeSpan length, CancellationToken giveUp)
    {
        if (length > TimeSpan.Zero)
            await Task.Delay(length, time, giveUp).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }
}
