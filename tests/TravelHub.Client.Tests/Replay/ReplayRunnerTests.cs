using Microsoft.Extensions.Time.Testing;
using TravelHub.Client.Http;
using TravelHub.Client.Replay;
using TravelHub.Client.Tests.Http;

namespace TravelHub.Client.Tests.Replay;

public sealed class ReplayRunnerTests
{
    private readonly ReplayTally _tally = new(TimeProvider.System);

    [Theory]
    [InlineData(1, false)]
    [InlineData(8, false)]
    [InlineData(8, true)]
    public async Task Run_Sample_EndsEveryRowAndOversellsNothing(int clients, bool isSlow)
    {
        await using var gateway = new StandInGateway { IsSlow = isSlow };
        var plan = new ReplayPlanner("run", 0.5m, new DateOnly(2030, 1, 1)).Plan(DemandFile.Read(SampleDemand.Path, null).Rows);

        var (accepted, soldOut, _) = await Run(gateway, plan, clients);

        Assert.Equal(0, _tally.Errors);
        Assert.Equal(plan.Bookings.Count, _tally.Accepted + _tally.SoldOut);
        Assert.NotEqual(0, _tally.SoldOut);
        Assert.Equal(_tally.SoldOut, soldOut.Count);
        Assert.Equal(plan.Bookings.Count(booking => booking.IsCancelledLater), _tally.Cancelled + _tally.CancellationsSkipped);
        Assert.Equal(plan.Steps.Count, _tally.Steps);
        Assert.Equal(plan.Steps.Count - _tally.CancellationsSkipped, _tally.Requests);
        Assert.Equal(_tally.Accepted, accepted.Count);
        Assert.Equal(gateway.Reservations.Keys.Order(), accepted.Select(booking => booking.Reservation).Order());
        Assert.Equal(_tally.Cancelled, accepted.Count(booking => booking.IsCancelled));
        Assert.All(accepted, booking => Assert.Equal(
            booking.IsCancelled ? ReservationStatus.Cancelled : ReservationStatus.Confirmed, gateway.Reservations[booking.Reservation].Status));
    }

    [Fact]
    public async Task Run_OneClient_SendsInThePlansOrder()
    {
        await using var gateway = new StandInGateway();
        var plan = Plan(
            SampleDemand.Row(line: 2, arrival: "2019-03-20", leadDays: 5, cancelledOn: "2019-03-18"),
            SampleDemand.Row(line: 3, arrival: "2019-03-20", leadDays: 10),
            SampleDemand.Row(line: 4, arrival: "2019-03-20", leadDays: 1));

        var accepted = (await Run(gateway, plan, clients: 1)).Accepted;

        Assert.Equal(
            [
                $"PUT /v1/properties/{plan.Properties[0].Id}", "POST /v1/reservations", "POST /v1/reservations",
                $"POST /v1/reservations/{accepted[0].Reservation}/cancellation", "POST /v1/reservations",
            ],
            gateway.Requests);
        Assert.Equal([true, false, false], accepted.Select(booking => booking.IsCancelled));
    }

    [Fact]
    public async Task Run_BrokenConnections_LoseAndDoubleNothing()
    {
        await using var gateway = new StandInGateway { BreakEvery = 3 };
        var plan = Plan(Enumerable.Range(2, 10).Select(line => SampleDemand.Row(line, cancelledOn: "2019-03-01")).ToArray());

        var accepted = (await Run(gateway, plan, clients: 4)).Accepted;

        Assert.Equal((0, 10, 10), (_tally.Errors, _tally.Accepted, _tally.Cancelled));
        Assert.Equal(10, gateway.Reservations.Count);
        Assert.Equal(10, accepted.Count);
    }

    [Fact]
    public async Task Run_BookingIsNotAnswered_IsUndecidedAndNotCancelled()
    {
        await using var gateway = new StandInGateway { BreakEvery = 2 };
        var plan = Plan(SampleDemand.Row(cancelledOn: "2019-03-01"));

        var answers = await Run(gateway, plan, clients: 1, options: new ClientOptions { MostAttempts = 1 });

        Assert.Equal(plan.Bookings, answers.Undecided);
        Assert.Empty(answers.Accepted);
        Assert.False(answers.AreAllDecided);
        Assert.Single(gateway.Reservations);   // it happened all the same
        Assert.Equal((1, 1), (_tally.Errors, _tally.CancellationsSkipped));
    }

    [Fact]
    public async Task Run_CancellationIsNotAnswered_IsUndecided()
    {
        await using var gateway = new StandInGateway { BreakEvery = 3 };
        var plan = Plan(SampleDemand.Row(cancelledOn: "2019-03-01"));

        var answers = await Run(gateway, plan, clients: 1, options: new ClientOptions { MostAttempts = 1 });

        Assert.True(Assert.Single(answers.Accepted) is { IsCancelled: false, IsCancellationUndecided: true });
        Assert.False(answers.AreAllDecided);
    }

    [Fact]
    public async Task Run_BookingIsRefused_IsDecided()
    {
        await using var gateway = new StandInGateway();
        using var client = new TravelHubClient(gateway.Url, "key", new ClientOptions(), TimeProvider.System, new Random(1));
        gateway.RefusedProperty = "no";
        var plan = Plan(SampleDemand.Row());

        var answers = await new ReplayRunner(plan with { Bookings = [plan.Bookings[0] with { PropertyId = "no" }] }, client, _tally, TimeProvider.System)
            .Run(1, TestContext.Current.CancellationToken);

        Assert.True(answers.AreAllDecided);
        Assert.Equal(1, _tally.Errors);
    }

    [Fact]
    public async Task Run_WrongTotal_IsAnError()
    {
        await using var gateway = new StandInGateway { OverchargeMinor = 1 };

        await Run(gateway, Plan(SampleDemand.Row(line: 9)), clients: 1);

        Assert.Equal(1, _tally.Errors);
        Assert.Contains("line 9:", _tally.FirstErrors[0], StringComparison.Ordinal);
        Assert.Contains("16001 EUR (minor), not 16000 EUR", _tally.FirstErrors[0], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_Stopped_EndsAllClients()
    {
        await using var gateway = new StandInGateway();
        using var stop = new CancellationTokenSource();
        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Run(gateway, Plan(SampleDemand.Row()), 4, stop));
    }

    [Fact]
    public async Task Run_NoMore_EndsWhatWasBegunAndTellsOfNothingElse()
    {
        await using var gateway = new StandInGateway();
        using var client = new TravelHubClient(gateway.Url, "key", new ClientOptions(), TimeProvider.System, new Random(1));
        using var noMore = new CancellationTokenSource();
        await noMore.CancelAsync();

        var answers = await new ReplayRunner(Plan(SampleDemand.Row()), client, _tally, TimeProvider.System).Run(2, noMore.Token, TestContext.Current.CancellationToken);

        Assert.Empty(answers.Accepted);
        Assert.True(answers.AreAllDecided);
        Assert.Equal(0, _tally.Steps);
    }

    [Fact]
    public void LongestStretch_FailuresBetween_CountsFromSuccessToSuccess()
    {
        var time = new FakeTimeProvider();
        var tally = new ReplayTally(time);
        time.Advance(TimeSpan.FromSeconds(1));
        tally.Booked(BookingFate.Accepted, TimeSpan.FromSeconds(1));
        time.Advance(TimeSpan.FromSeconds(3));
        tally.Booked(BookingFate.Failed, TimeSpan.FromSeconds(3));
        time.Advance(TimeSpan.FromSeconds(2));
        tally.Booked(BookingFate.SoldOut, TimeSpan.FromSeconds(2));
        time.Advance(TimeSpan.FromSeconds(4));

        Assert.Equal(TimeSpan.FromSeconds(5), tally.LongestStretch);
    }

    private static ReplayPlan Plan(params DemandRow[] rows) => new ReplayPlanner("run", 1, new DateOnly(2030, 1, 1)).Plan(rows);

    private async Task<ReplayAnswers> Run(
        StandInGateway gateway, ReplayPlan plan, int clients, CancellationTokenSource? stop = null, ClientOptions? options = null)
    {
        using var client = new TravelHubClient(gateway.Url, "key", options ?? new ClientOptions(), TimeProvider.System, new Random(1));
        foreach (var property in plan.Properties)
            await client.PutProperty(property.Id, property.Document, TestContext.Current.CancellationToken);
        return await new ReplayRunner(plan, client, _tally, TimeProvider.System).Run(clients, stop?.Token ?? TestContext.Current.CancellationToken);
    }
}
