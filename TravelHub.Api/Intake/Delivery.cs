using System.Collections.Concurrent;
using Microsoft.Extensions.Options;
using TravelHub.Api.Cluster;
using TravelHub.Api.Resilience;
using TravelHub.Grains.Abstractions;
using TravelHub.Grains.Abstractions.Reservations;

namespace TravelHub.Api.Intake;

/// <summary>
/// Brings what the intake keeps to the cluster, in order for each reservation. Whoever dies in between delivers again: the ids make it one
/// effect. The cluster checks whose reservation it is, as always.
/// </summary>
internal sealed class Delivery(KeptRequests intake, ClusterCalls cluster, IOptions<IntakeOptions> options, TimeProvider time, ILogger<Delivery> logger)
    : BackgroundService
{
    private static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(5);

    private readonly ConcurrentDictionary<Guid, Lazy<Task<bool>>> _underWay = new();
    private readonly ConcurrentDictionary<long, BadTries> _badTries = new();

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
            var waiting = intake.Of(reservation).Where(r => r.IsWaiting).ToList();
            foreach (var request in waiting)
            {
                if (_badTries.TryGetValue(request.Number, out var bad) && time.GetUtcNow() < bad.Next)
                    return true;   // not now; what came later waits behind it
                var outcome = await Send(request);
                if (outcome is ReservationOutcome.Refused({ Code: "payment-under-way" }) && !IsCancelledBehind(request, waiting))
                    return true;   // another payment has to end first
                await End(request, outcome);
            }

            return true;
        }
        catch (Exception e)
        {
            if (!ClusterFailure.IsUnavailable(e) && e is not LogOverloadedException)
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
    }

    private async Task<ReservationOutcome> Send(KeptRequest request)
    {
        try
        {
            return await cluster.Write(Dependency.Reservations, grains => Send(request, grains.GetGrain<IReservationGrain>(request.Reservation)));
        }
        catch (Exception e) when (!ClusterFailure.IsUnavailable(e) && e is not LogOverloadedException)
        {
            // It was accepted: an error that lasts as long as a bad version of the silos must not lose it. One that never ends, ends where its owner sees it.
            var now = time.GetUtcNow();
            var bad = _badTries.AddOrUpdate(request.Number, _ => new BadTries(now, 1, now), (_, before) => before with { Count = before.Count + 1 });
            if (now - bad.Since < options.Value.GiveUpAfter)
            {
                _badTries[request.Number] = bad with { Next = now + Pause(bad.Count) };
                throw;
            }

            logger.LogError(e, "A {Kind} that the intake kept for reservation {Reservation} is given up", request.Kind, request.Reservation);
            return new ReservationOutcome.Refused(new Refusal("undeliverable", "The request could not be carried out, although it was tried for long; report its id."));
        }
    }

    private TimeSpan Pause(int tries)
    {
        var pause = options.Value.DeliverEvery * Math.Pow(2, Math.Min(tries, 16));
        return pause < LongestPause ? pause : LongestPause;
    }

    private static Task<ReservationOutcome> Send(KeptRequest request, IReservationGrain reservation) => request.Kind switch
    {
        KeptKind.Booking => reservation.Book(request.Read<BookCommand>()),
        KeptKind.Payment => reservation.Pay(request.Read<PayCommand>()),
        _ => reservation.Cancel(request.Read<CancelCommand>()),
    };

    /// <summary>Errors that are no outage, of one request.</summary>
    private sealed record BadTries(DateTimeOffset Since, int Count, DateTimeOffset Next);
}
