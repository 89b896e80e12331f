using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using TravelHub.Load.Schedule;
using TravelHub.Load.Sending;

namespace TravelHub.Load.Tests.Sending;

public sealed class GatewaySenderTests
{
    private static readonly PlannedRequest Booking = new(
        41, TimeSpan.Zero, IsWarmUp: false, RequestKind.Booking, Room: 107, new DateOnly(2030, 1, 30), "run-41");

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Send_Booking_SendsTheContractsBodyAndReadsTheReservation()
    {
        await using var server = await StallingServer.Start();
        using var sender = new GatewaySender(server.Url, "key");

        var fate = await sender.Send(Booking, Cancellation);

        Assert.Equal(new RequestFate.Answered(201, StallingServer.Reservation), fate);
        var (path, key, body) = await server.Arrival(Cancellation);
        Assert.Equal(("/v1/reservations", "run-41"), (path, key));
        using var document = JsonDocument.Parse(body);
        Assert.Equal(
            """{"propertyId":"bench-107","roomType":"STD","checkIn":"2030-01-30","checkOut":"2030-02-02","rooms":1,"guests":2}""",
            document.RootElement.GetProperty("stays")[0].GetRawText());
    }

    [Fact]
    public async Task Send_Search_AsksForTheDestinationOfTheRoom()
    {
        await using var server = await StallingServer.Start();
        using var sender = new GatewaySender(server.Url, "key");

        var fate = await sender.Send(Booking with { Kind = RequestKind.Search, IdempotencyKey = null }, Cancellation);

        Assert.Equal(new RequestFate.Answered(201, null), fate);
        Assert.Equal(
            "/v1/search?destination=dest-7&checkIn=2030-01-30&checkOut=2030-02-02&guests=2", (await server.Arrival(Cancellation)).Path);
    }

    [Fact]
    public async Task Send_NobodyListens_IsUnreachable()
    {
        using var silent = new Socket(SocketType.Stream, ProtocolType.Tcp);
        silent.Bind(new IPEndPoint(IPAddress.Loopback, 0));   // has the port, and does not listen
        using var sender = new GatewaySender(new Uri($"http://127.0.0.1:{((IPEndPoint)silent.LocalEndPoint!).Port}"), "key");

        Assert.IsType<RequestFate.Unreachable>(await sender.Send(Booking, Cancellation));
    }

    [Fact]
    public async Task Send_ConnectionBreaksUnanswered_IsIndeterminate()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        using var sender = new GatewaySender(new Uri($"http://{listener.LocalEndpoint}"), "key");

        var sending = sender.Send(Booking, Cancellation);
        using (var connection = await listener.AcceptSocketAsync(Cancellation))
            await connection.ReceiveAsync(new byte[1], Cancellation);

        Assert.IsType<RequestFate.Indeterminate>(await sending);
    }
}
