using System.Text.Json;
using TravelHub.Api.Intake;
using TravelHub.Api.Reads;
using TravelHub.Api.Reservations;
using TravelHub.Grains.Abstractions;
using TravelHub.Grains.Abstractions.Reservations;

namespace TravelHub.Api.Tests.Reservations;

public sealed class ReservationReadingTests
{
    private static readonly Guid Id = Guid.NewGuid();
    private static readonly DateTimeOffset Now = new(2029, 6, 1, 12, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(ReservationStatus.Lapsed, false, true)]
    [InlineData(ReservationStatus.Lapsed, true, false)]
    [InlineData(ReservationStatus.Confirmed, false, false)]
    public void IsOver_BesidesAKeptCancellation_IsOnceNoneWaits(string status, bool isWaiting, bool expected) =>
        Assert.Equal(expected, Reading(status, ReadSource.Live, Kept(KeptKind.Cancellation, isWaiting)).IsOver);

    [Theory]
    [InlineData(false, ReadSource.Live, true)]
    [InlineData(false, ReadSource.Stale, false)]
    [InlineData(true, ReadSource.Live, false)]
    public void IsOver_BookingThatTheClusterHasNot_IsOnceItWasRefused(bool isWaiting, string source, bool expected)
    {
        var reading = Reading(null, source, Kept(KeptKind.Booking, isWaiting));

        Assert.NotNull(reading.Body());
        Assert.Equal(expected, reading.IsOver);
    }

    [Fact]
    public void IsOver_ClusterNeverAnswered_IsNot() =>
        Assert.False(new ReservationReading(Id, cluster: null, [Kept(KeptKind.Booking, isWaiting: false)], JsonSerializerOptions.Web).IsOver);

    private static ReservationReading Reading(string? status, string source, KeptRequest kept) => new(
        Id,
        new Reading<ReservationView?>(
            status is null ? null : new ReservationView(Id, status, 3, Total: null, [], Payment: null, Now, HoldUntil: null, Guid.NewGuid(), Reason: null), Now, source, Degraded: false),
        [kept], JsonSerializerOptions.Web);

    private static KeptRequest Kept(KeptKind kind, bool isWaiting) => new(
        1, Id, kind, "key", "ann", "hash", Command: isWaiting ? "{}" : null, Stays: null, Now, "kept", isWaiting ? null : new Refusal("not-cancellable", "It is over."));
}
