using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using TravelHub.Api.Reservations;
using TravelHub.Grains.Abstractions.Reservations;

namespace TravelHub.Api.Tests.Reservations;

public sealed class ReservationAnswerTests
{
    /// <summary>201 and 200 say that there are rooms, or that they were given back when that was asked for.</summary>
    [Theory]
    [InlineData(ReservationStatus.Confirmed, 201, false, 201)]
    [InlineData(ReservationStatus.Held, 201, false, 201)]
    [InlineData(ReservationStatus.Pending, 201, false, 202)]
    [InlineData(ReservationStatus.Declined, 201, false, 402)]
    [InlineData(ReservationStatus.SoldOut, 201, false, 409)]
    [InlineData(ReservationStatus.Lapsed, 200, false, 409)]
    [InlineData(ReservationStatus.Cancelled, 201, false, 409)]
    [InlineData(ReservationStatus.Cancelled, 200, false, 409)]
    [InlineData(ReservationStatus.Cancelled, 200, true, 200)]
    [InlineData(ReservationStatus.Cancelling, 200, true, 202)]
    public async Task Of_AnOutcome_HasTheStatusOfWhatWasWanted(string status, int whenDone, bool isCancellation, int expected)
    {
        var view = new ReservationView(Guid.NewGuid(), status, 3, Total: null, [], Payment: null, default, HoldUntil: null, Guid.NewGuid(), Reason: null);
        await using var services = new ServiceCollection().AddLogging().AddProblemDetails().BuildServiceProvider();
        var context = new DefaultHttpContext { RequestServices = services };
        context.Response.Body = new MemoryStream();

        await ReservationAnswer.Of(new ReservationOutcome.Done(view, Replayed: false), whenDone, isCancellation).ExecuteAsync(context);

        Assert.Equal(expected, context.Response.StatusCode);
        Assert.Equal($"/v1/reservations/{view.Id}", context.Response.Headers.Location.ToString());
    }
}
