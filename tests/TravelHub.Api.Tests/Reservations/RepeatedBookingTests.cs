using System.Net;
using TravelHub.Testing;

namespace TravelHub.Api.Tests.Reservations;

/// <summary>One key is one booking, however often it is sent.</summary>
public sealed class RepeatedBookingTests(GatewayFixture service)
{
    [Fact]
    public async Task Book_TwiceUnderOneKey_IsOneReservationAndOneCharge()
    {
        var body = Requests.Booking(await service.NewProperty(rooms: 5, TestContext.Current.CancellationToken));
        var first = await service.Client.Book(body, "twice");
        var second = await service.Client.Book(body, "twice");

        Assert.Equal(HttpStatusCode.Created, first.StatusCode);
        Assert.Equal(HttpStatusCode.Created, second.StatusCode);
        Assert.False(first.Headers.Contains("Idempotent-Replayed"));
        Assert.Equal(["true"], second.Headers.GetValues("Idempotent-Replayed"));
        Assert.Equal(first.Headers.ETag, second.Headers.ETag);
        var reservation = await first.Json();
        Assert.Equal(reservation.ToJsonString(), (await second.Json()).ToJsonString());
        Assert.Equal("confirmed", reservation["status"]!.GetValue<string>());
        await IsChargedOnce(reservation["id"]!.GetValue<Guid>());
    }

    [Fact]
    public async Task Book_TwentyAtOnceUnderOneKey_IsOneReservationAndOneCharge()
    {
        var property = await service.NewProperty(rooms: 5, TestContext.Current.CancellationToken);
        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => service.Client.Book(Requests.Booking(property), "twenty")));

        Assert.All(answers, a => Assert.Equal(HttpStatusCode.Created, a.StatusCode));
        var bodies = await Task.WhenAll(answers.Select(a => a.Json()));
        Assert.Single(bodies.Select(b => b.ToJsonString()).Distinct());
        Assert.Single(answers, a => !a.Headers.Contains("Idempotent-Replayed"));
        await IsChargedOnce(bodies[0]["id"]!.GetValue<Guid>());
        var left = await (await service.Anyone.Read($"/v1/search?destination={property}&checkIn=2030-01-10&checkOut=2030-01-13")).Json();
        Assert.Equal(
            [("STD", 4), ("SUP", 5)],
            left["data"]!.AsArray().Select(offer => (offer!["roomType"]!.GetValue<string>(), offer["roomsLeft"]!.GetValue<int>())).Order());
    }

    [Fact]
    public async Task Book_OtherBodyUnderTheSameKey_Is422AndChangesNothing()
    {
        var property = await service.NewProperty(rooms: 5, TestContext.Current.CancellationToken);
        var first = await service.Client.Booked(Requests.Booking(property), "other-body");
        var other = await service.Client.Book(Requests.Booking(property).WithStay("guests", 1), "other-body");

        await other.IsProblem(422, "idempotency-key-reused");
        await IsChargedOnce(first["id"]!.GetValue<Guid>());
    }

    private async Task IsChargedOnce(Guid reservation) =>
        Assert.Equal([("captured", 36_000L)], await service.Provider.Charges(reservation));
}
