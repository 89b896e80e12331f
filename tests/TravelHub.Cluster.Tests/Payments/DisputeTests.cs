using TravelHub.Grains.Abstractions.Faults;
using TravelHub.Grains.Abstractions.Payments;
using TravelHub.Grains.Abstractions.Reservations;
using TravelHub.Testing;

namespace TravelHub.Cluster.Tests.Payments;

/// <summary>When no three replicas agree: nothing is charged, operators see it, and it ends by their word or by its time.</summary>
public sealed class DisputeTests(PostgresFixture postgres, PaymentSandboxFixture provider) : IAsyncLifetime
{
    private GrainCluster _cluster = null!;

    public async ValueTask InitializeAsync()
    {
        var connectionString = await postgres.NewTravelHubDatabase($"disputes_{Guid.NewGuid():N}", CancellationToken.None);
        _cluster = await GrainCluster.Start(
            connectionString, provider, silos: 1, ("Faults:Enabled", "true"), ("Payments:ReplicaGroups", "1"), ("Reservations:AnswerWithin", "00:00:01"),
            ("Reservations:HoldLifetime", "00:00:20"), ("Payments:ProbePeriod", "01:00:00"), ("Payments:SuspicionPeriod", "01:00:00"));
        foreach (var number in new[] { 1, 2, 3 })
            await _cluster.Grains.GetGrain<IFaultsGrain>(0).Put($"0/{number}", new ReplicaFault(ReplicaFaultKind.WrongByFactor, 10 + number));
    }

    public ValueTask DisposeAsync() => _cluster.DisposeAsync();

    [Fact]
    public async Task Resolve_NoThreeAgree_IsPendingUntilAnOperatorSaysWhatToPay()
    {
        var (reservation, property) = (NewReservation(out var id), await ClusterFixture.NewProperty(_cluster.Grains, rooms: 1));

        await reservation.Book(ClusterFixture.Booking(property));
        var pending = await Until(reservation, view => view.Reason is not null);
        Assert.Equal((ReservationStatus.Pending, "no-majority"), (pending.Status, pending.Reason));
        Assert.Contains(id, (await _cluster.Grains.GetGrain<IReservationListGrain>(0).Disputed()).Select(r => r.Id));
        Assert.Equal("amount-not-possible", Refusal(await reservation.Resolve(new Money(36_000, "USD"), "ann")));
        Assert.Empty(await provider.Charges(id));

        Assert.IsType<ReservationOutcome.Done>(await reservation.Resolve(new Money(36_000, "EUR"), "ann"));
        var resolved = await Until(reservation, view => view.Status != ReservationStatus.Pending);

        Assert.Equal((ReservationStatus.Confirmed, 36_000), (resolved.Status, resolved.Payment?.Amount.AmountMinor));
        Assert.Empty(await _cluster.Grains.GetGrain<IReservationListGrain>(0).Disputed());
        Assert.Equal(resolved, Assert.IsType<ReservationOutcome.Done>(await reservation.Resolve(new Money(36_000, "EUR"), "ann")).Reservation, (a, b) => a.Version == b.Version);
        Assert.Equal("not-disputed", Refusal(await reservation.Resolve(new Money(1, "EUR"), "ann")));
        var vote = (await Votes(reservation))[0];
        Assert.Equal((null, 1), (vote.AmountMinor, vote.Attempt));
        Assert.Equal([396_000, 432_000, 468_000, 36_000, 36_000], vote.Replicas.Select(r => r.AmountMinor ?? 0));
    }

    [Fact]
    public async Task Book_NobodyResolvesIt_LapsesWhenItsTimeIsUp()
    {
        var (reservation, property) = (NewReservation(out var id), await ClusterFixture.NewProperty(_cluster.Grains, rooms: 1));
        await reservation.Book(ClusterFixture.Booking(property));

        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while ((await reservation.Get("ann"))!.Status == ReservationStatus.Pending)
        {
            await reservation.Resume();
            await Task.Delay(TimeSpan.FromMilliseconds(100), TimeProvider.System, patience.Token);
        }

        Assert.Equal(ReservationStatus.Lapsed, (await reservation.Get("ann"))!.Status);
        Assert.DoesNotContain(await provider.Charges(id), c => c.Status == "captured");
    }

    [Fact]
    public async Task Votes_ForAnotherOwner_AreNotThere()
    {
        var (reservation, property) = (NewReservation(out _), await ClusterFixture.NewProperty(_cluster.Grains, rooms: 1));
        await reservation.Book(ClusterFixture.Booking(property));

        Assert.Null(await reservation.Votes("bob"));
        Assert.NotEmpty(await Votes(reservation));
    }

    private IReservationGrain NewReservation(out Guid id) => _cluster.Grains.GetGrain<IReservationGrain>(id = Guid.NewGuid());

    private static string Refusal(ReservationOutcome outcome) => Assert.IsType<ReservationOutcome.Refused>(outcome).Why.Code;

    // A command is answered after a second at the latest, how ever far its work has come.
    private static async Task<ReservationView> Until(IReservationGrain reservation, Func<ReservationView, bool> isSo)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (true)
        {
            if (await reservation.Get("ann") is { } view && isSo(view))
                return view;
            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, patience.Token);
        }
    }

    // They are put on record beside the booking.
    private static async Task<VoteView[]> Votes(IReservationGrain reservation)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        while (true)
        {
            if (await reservation.Votes("ann") is { Length: > 0 } votes)
                return [.. votes];
            await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System, patience.Token);
        }
    }
}
