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
    private const int MostBadTries = 10;

    private readonly ConcurrentDictionary<Guid, Lazy<Task<bool>>> _underWay = new();
    private readonly ConcurrentDictionary<long, int> _badTries = new();

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
            foreach (var request in intake.Of(reservation).Where(r => r.IsWaiting))
            {
                if (await Send(request) is not { } outcome)
                    return true;   // not now; what came later waits behind it
                await intake.End(request, outcome switch
                {
                    ReservationOutcome.Refused(var why) => why,
                    ReservationOutcome.NotFound => new Refusal("not-found", "There is no such reservation."),
                    _ => null,
                });
            }

            return true;
        }
        catch (Exception e)
        {
            if (!ClusterFailure.IsUnavailable(e) && e is not LogOverloadedException)
                logger.LogError(e, "What the intake keeps of reservation {Reservation} cannot be delivered now", reservation);
            return false;
        }
        finally
        {
            _underWay.TryRemove(reservation, out _);
        }
    }

    /// <returns>Null when it has to wait for something else to end.</returns>
    private async Task<ReservationOutcome?> Send(KeptRequest request)
    {
        try
        {
            var outcome = await cluster.Write(Dependency.Reservations, grains => Send(request, grains.GetGrain<IReservationGrain>(request.Reservation)));
            return outcome is ReservationOutcome.Refused({ Code: "payment-under-way" }) ? null : outcome;
        }
        catch (Exception e) when (!ClusterFailure.IsUnavailable(e) && e is not LogOverloadedException)
        {
            // A command that always fails would be tried for ever: it ends where its owner sees it.
            if (_badTries.AddOrUpdate(request.Number, 1, (_, n) => n + 1) < MostBadTries)
                throw;
            logger.LogError(e, "A {Kind} that the intake kept for reservation {Reservation} is given up", request.Kind, request.Reservation);
            return new ReservationOutcome.Refused(new Refusal("undeliverable", "The request could not be carried out, although it was tried many times; report its id."));
        }
    }

    private static Task<ReservationOutcome> Send(KeptRequest request, IReservationGrain reservation) => request.Kind switch
    {
        KeptKind.Booking => reservation.Book(request.ReadBooking()),
        KeptKind.Payment => reservation.Pay(request.Read<PayCommand>()),
        _ => reservation.Cancel(request.Read<CancelCommand>()),
    };
}
