using System.Net;
using TravelHub.Testing;

namespace TravelHub.Api.Tests.Reservations;

/// <summary>The refund is told before it is decided, and telling it changes nothing.</summary>
public sealed class CancellationPreviewTests(GatewayFixture service)
{
    [Fact]
    public async Task Preview_OfAPaidBooking_TellsTheRefundThatACancellationThenGives()
    {
        var property = await service.NewProperty(rooms: 5, TestContext.Current.CancellationToken);
        var booked = await service.Client.Booked(Requests.Booking(property));
        var path = $"{Requests.Bookings}/{booked["id"]!.GetValue<Guid>()}";

        var preview = await (await service.Client.Read($"{path}/cancellation")).Json();
        Assert.Equal(36_000, preview["paid"]!["amountMinor"]!.GetValue<long>());
        Assert.Equal(36_000, preview["refund"]!["amountMinor"]!.GetValue<long>());
        Assert.Equal(booked["version"]!.GetValue<long>(), preview["version"]!.GetValue<long>());
        Assert.Equal("confirmed", (await (await service.Client.Read(path)).Json())["status"]!.GetValue<string>());

        var cancelled = await (await service.Client.Post($"{path}/cancellation", "")).Json();
        Assert.Equal(preview["refund"]!.ToJsonString(), cancelled["payment"]!["refunded"]!.ToJsonString());
        await (await service.Client.Read($"{path}/cancellation")).IsProblem(409, "not-cancellable");
    }

    [Fact]
    public async Task Preview_OfAnUnpaidHold_HasNothingToGiveBack()
    {
        var hold = Requests.Booking(await service.NewProperty(rooms: 5, TestContext.Current.CancellationToken));
        hold["mode"] = "hold";
        hold.Remove("paymentToken");
        var held = await service.Client.Booked(hold);

        var answer = await service.Client.Read($"{Requests.Bookings}/{held["id"]!.GetValue<Guid>()}/cancellation");

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Null((await answer.Json())["refund"]);
    }

    [Fact]
    public async Task Preview_OfAnUnknownReservation_Is404() =>
        await (await service.Client.Read($"{Requests.Bookings}/{Guid.NewGuid()}/cancellation")).IsProblem(404, "not-found");
}
