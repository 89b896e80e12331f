using TravelHub.Api.Problems;
using TravelHub.Api.Reservations;

namespace TravelHub.Api.Tests.Reservations;

public sealed class ReservationRequestsTests
{
    private static readonly DateTimeOffset Now = new(2029, 6, 1, 12, 0, 0, TimeSpan.Zero);

    private static readonly StayBody Stay = new("casa", "STD", new DateOnly(2030, 1, 10), new DateOnly(2030, 1, 13), Guests: 2);

    [Fact]
    public void Read_GoodRequest_IsACommand() => Assert.NotNull(Read(Stay));

    [Fact]
    public void Read_BadStay_IsRefused()
    {
        Assert.Null(Read(Stay with { Guests = 0 }));
        Assert.Null(Read(Stay with { Rooms = 0 }));
        Assert.Null(Read(Stay with { PropertyId = "no such/id" }));
        Assert.Null(Read(Stay with { CheckOut = Stay.CheckIn }));
        Assert.Null(Read(Stay with { CheckOut = Stay.CheckIn!.Value.AddDays(400) }));
        Assert.Null(Read(Stay with { CheckIn = new DateOnly(2029, 5, 1) }));
        Assert.Null(Read(Stay, token: "4111111111111111"));
        Assert.Null(Read(Stay, email: "nobody"));
    }

    [Fact]
    public void ReservationId_SameOwnerAndKey_IsTheSameAndNoOthers()
    {
        Assert.Equal(IdempotencyKeys.ReservationId("ann", "k"), IdempotencyKeys.ReservationId("ann", "k"));
        Assert.NotEqual(IdempotencyKeys.ReservationId("ann", "k"), IdempotencyKeys.ReservationId("bob", "k"));
    }

    private static TravelHub.Grains.Abstractions.Reservations.BookCommand? Read(StayBody stay, string token = "tok_ok", string email = "ada@example.com") =>
        new BookingRequest([stay], new GuestBody("Ada", email), token).Read("ann", Now, new Findings());
}
