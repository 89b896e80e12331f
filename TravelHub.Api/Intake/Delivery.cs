using System.Collections.Concurrent;
using Microsoft.Extensions.Options;
using TravelHub.Api.Cluster;
using TravelHub.Api.Resilience;
using TravelHub.Grains.Abstractions;
using TravelHub.Grains.Abstractions.Reservations;

namespace TravelHub.Api.Intake;

/// <summary>
/// Brings what the intake keeps to the cluster, in order for each owner of a reservation. Whoever dies in between delivers again: the ids make it one
/// effect. The cluster checks whose reservation it is, as always.
/// </summary>
internal sealed class Delivery(KeptRequests intake, ClusterCalls cluster, IOptions<IntakeOptions> options, TimeProvider time, ILogger<Delivery> logger)
    : BackgroundService
{
    private static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(5);

    private readonly ConcurrentDictionary<Guid, Lazy<Task<bool>>> _underWay = new();
    private readonly ConcurrentDictionary<long, BadTries> _badTries = new();
    private readonly ConcurrentDictionary<long, BadTries> _unknown = new();

    /// <summary>Delivers what waits of one reservation; joins a delivery that is under way.</summary>
    /// <returns>False when the cluster could not be reached.</returns>
    public Task<bool> Deliver(Guid reservation) =>
        _underWay.GetOrAdd(reservation, id => new Lazy<Task<bool>>(() => Task.Run(() => DeliverAll(id)))).Value;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            await intake.UntilSomethingWaits(stoppingToken);
            await Round(stoppingToken);
            await Task.Delay(options.Value.DeliverEvery, time, stoppingToken);
        }
    }

    private Task Round(CancellationToken stoppingToken)
    {
        var isAway = false;
        var limits = new ParallelOptions { MaxDegreeOfParallelism = options.Value.Deliverers, CancellationToken = stoppingToken };
        return Parallel.ForEachAsync(intake.Waiting, limits, async (reservation, _) =>
        {
            if (!Volatile.Read(ref isAway) && !await Deliver(reservation).WaitAsync(stoppingToken))
                Volatile.Write(ref isAway, true);
        });
    }

    private async Task<bool> DeliverAll(Guid reservation)
    {
        try
        {
            var kept = intake.Of(reservation);
            var waiting = kept.Where(r => r.IsWaiting).ToList();
            var heldUp = new HashSet<string>();   // what an owner sent later waits behind it; a stranger's request holds up nobody else's
            foreach (var request in waiting.Where(r => !heldUp.Contains(r.Owner)))
            {
                if (IsForLater(_badTries, request) || IsForLater(_unknown, request))
                {
                    heldUp.Add(request.Owner);
                    continue;
                }

                var outcome = await Send(request);
                if (outcome is ReservationOutcome.Refused({ Code: "payment-under-way" }) && !IsCancelledBehind(request, waiting))
                    heldUp.Add(request.Owner);   // another payment has to end first
                else if (outcome is ReservationOutcome.NotFound && !IsBookingKnown(request, kept) && TryPutOff(_unknown, request, options.Value.AwaitBookingFor))
                    heldUp.Add(request.Owner);   // what it belongs to may wait at another gateway
                else
                    await End(request, outcome);
            }

            return true;
        }
        catch (Exception e)
        {
            if (!ClusterFailure.IsNoAnswer(e))
                logger.LogError(e, "What the intake keeps of reservation {Reservation} cannot be delivered now", reservation);
            return !ClusterFailure.IsOutOfReach(e) && e is not LogOverloadedException;   // else it is this one's trouble, and no reason to keep the others
        }
        finally
        {
            _underWay.TryRemove(reservation, out _);
        }
    }

    // Who takes the booking back does not wait for a payment that cannot begin: it ends as it would for a caller who waits.
    private static bool IsCancelledBehind(KeptRequest payment, List<KeptRequest> waiting) =>
        waiting.Exists(r => r.Kind == KeptKind.Cancellation && r.Owner == payment.Owner && r.Number > payment.Number);

    private async Task End(KeptRequest request, ReservationOutcome outcome)
    {
        await intake.End(request, outcome switch
        {
            ReservationOutcome.Refused(var why) => why,
            ReservationOutcome.NotFound => new Refusal("not-found", "There is no such reservation."),
            _ => null,
        });
        _badTries.TryRemove(request.Number, out _);
        _unknown.TryRemove(request.Number, out _);
    }

    private async Task<ReservationOutcome> Send(KeptRequest request)
    {
        try
        {
            return await cluster.Write(Dependency.Reservations, grains => Send(request, grains.GetGrain<IReservationGrain>(request.Reservation)));
        }
        catch (Exception e) when (!ClusterFailure.IsNoAnswer(e))
        {
            // It was accepted: an error that lasts as long as a bad version of the silos must not lose it. One that never ends, ends where its owner sees it.
            if (TryPutOff(_badTries, request, options.Value.GiveUpAfter))
                throw;
            logger.LogError(e, "A {Kind} that the intake kept for reservation {Reservation} is given up", request.Kind, request.Reservation);
            return new ReservationOutcome.Refused(new Refusal("undeliverable", "The request could not be carried out, although it was tried for long; report its id."));
        }
    }

    // The booking itself, or one of this owner that was kept here: refused, it will not come any more.
    private static bool IsBookingKnown(KeptRequest request, IEnumerable<KeptRequest> kept) =>
        request.Kind == KeptKind.Booking || kept.Any(r => r.Kind == KeptKind.Booking && r.Owner == request.Owner);

    private bool IsForLater(ConcurrentDictionary<long, BadTries> tried, KeptRequest request) =>
        tried.TryGetValue(request.Number, out var bad) && time.GetUtcNow() < bad.Next;

    private bool TryPutOff(ConcurrentDictionary<long, BadTries> tried, KeptRequest request, TimeSpan longest)
    {
        var (tries, suffered, _) = tried.GetValueOrDefault(request.Number) ?? new BadTries(0, TimeSpan.Zero, default);
        if (suffered >= longest)
            return false;
        var pause = Pause(tries + 1);
        tried[request.Number] = new BadTries(tries + 1, suffered + pause, time.GetUtcNow() + pause);
        return true;
    }

    private TimeSpan Pause(int tries)
    {
        var pause = options.Value.DeliverEvery * Math.Pow(2, Math.Min(tries, 16));
        return pause < LongestPause ? pause : LongestPause;
    }

    // What an earlier version kept does not say itself when it was asked for.
    private static Task<ReservationOutcome> Send(KeptRequest request, IReservationGrain reservation)
    {
        switch (request.Kind)
        {
            case KeptKind.Booking:
                var book = request.Read<BookCommand>();
                return reservation.Book(book with { AskedAt = book.AskedAt ?? request.KeptAt });
            case KeptKind.Payment:
                return reservation.Pay(request.Read<PayCommand>());
            default:
                var cancel = request.Read<CancelCommand>();
                return reservation.Cancel(cancel with { AskedAt = cancel.AskedAt ?? request.KeptAt });
        }
    }

    /// <summary>Errors of one request that are no outage, or that nobody knows its reservation.</summary>
    /// <param name="Suffered">The pauses between them: what an outage took beside is not among it.</param>
    /// <param name="Next">When it is tried again.</param>
    private sealed record BadTries(int Count, TimeSpan Suffered, DateTimeOffset Next);
}
