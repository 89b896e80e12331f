using TravelHub.Api.Tests.Access;

namespace TravelHub.Api.Tests.Guests;

[Collection(AccessCollection.Name)]
public sealed class GuestErasureTests(AccessFixture access)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Erase_AGuest_LeavesNoDataAndAWholeLogAndShowsInTheReservation()
    {
        var property = await access.Service.NewProperty(rooms: 5, Cancellation);
        var name = $"Guest {Guid.NewGuid():N}";
        var booking = Requests.Booking(property);
        booking["guest"]!["name"] = name;
        var booked = await access.Service.Client.Booked(booking, "erased");
        var (guest, path) = (booked["guestId"]!.GetValue<Guid>(), $"/v1/reservations/{booked["id"]}");
        Assert.Equal(name, await access.Service.Sql($"SELECT name FROM guests WHERE id = '{guest}'", Cancellation));

        var erased = await (await Erase(guest)).Json();
        Assert.Equal(booked["id"]!.GetValue<Guid>(), erased["reservationId"]!.GetValue<Guid>());

        Assert.Equal("", await access.Service.Sql($"SELECT name || email FROM guests WHERE id = '{guest}'", Cancellation));
        Assert.Equal(0L, await access.Service.Sql($"SELECT count(*) FROM reservation_events WHERE payload LIKE '%{name}%' OR payload LIKE '%ada@example.com%'", Cancellation));
        var shown = await (await access.Service.Client.Read(path)).Json();
        Assert.NotNull(shown["guestErasedAt"]);
        Assert.Equal("confirmed", shown["status"]!.GetValue<string>());
        Assert.Contains("guestErasedAt", await (await access.Service.Client.Read("/v1/reservations")).Content.ReadAsStringAsync(Cancellation), StringComparison.Ordinal);
        Assert.Empty(await access.Service.BrokenInTheLog(Cancellation));
        Assert.True((await Erase(guest)).IsSuccessStatusCode);   // a repeat changes nothing
        Assert.Equal(shown["version"]!.GetValue<long>(), (await (await access.Service.Client.Read(path)).Json())["version"]!.GetValue<long>());
        Assert.True((await access.Service.Client.Book(booking, "erased")).Headers.Contains("Idempotent-Replayed"));   // and brings nothing back
        Assert.Equal("", await access.Service.Sql($"SELECT name || email FROM guests WHERE id = '{guest}'", Cancellation));
        Assert.True((await access.Service.Client.Post($"{path}/cancellation", "{}")).IsSuccessStatusCode);
    }

    [Fact]
    public async Task Erase_NoSuchGuest_Is404() => await (await Erase(Guid.NewGuid())).IsProblem(404, "not-found");

    private Task<HttpResponseMessage> Erase(Guid guest) => access.Service.Operator.DeleteAsync(new Uri($"/v1/guests/{guest}", UriKind.Relative), Cancellation);
}
