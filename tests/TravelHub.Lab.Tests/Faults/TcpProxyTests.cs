using System.Net;
using System.Net.Sockets;
using TravelHub.Lab.Faults;

namespace TravelHub.Lab.Tests.Faults;

public sealed class TcpProxyTests : IAsyncLifetime
{
    private readonly TcpListener _server = new(IPAddress.Loopback, port: 0);
    private readonly TcpProxy _proxy = new(TimeProvider.System);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync()
    {
        _server.Start();
        _proxy.Target = ((IPEndPoint)_server.LocalEndpoint).Port;
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task Pass_WellHungAndWellAgain_NothingIsLost()
    {
        var (client, server) = await Connect();
        Assert.Equal(1, await Sent(client, server, 1));
        _proxy.IsHung = true;
        var answer = Sent(client, server, 2);
        await Assert.ThrowsAsync<TimeoutException>(() => answer.WaitAsync(TimeSpan.FromMilliseconds(500), TimeProvider.System, Cancellation));

        _proxy.IsHung = false;

        Assert.Equal(2, await answer);
    }

    [Fact]
    public async Task Dead_ConnectionsAreCutAndNoneIsMade()
    {
        var (client, server) = await Connect();
        _proxy.IsDead = true;

        Assert.Equal(0, await Read(client));
        Assert.Equal(0, await Read(server));
        using var late = new TcpClient();
        await late.ConnectAsync(IPAddress.Loopback, _proxy.Port, Cancellation);
        Assert.Equal(0, await Read(late.Client));
    }

    public async ValueTask DisposeAsync()
    {
        await _proxy.DisposeAsync();
        _server.Dispose();
    }

    private async Task<(Socket Client, Socket Server)> Connect()
    {
        var client = new Socket(SocketType.Stream, ProtocolType.Tcp);
        await client.ConnectAsync(new IPEndPoint(IPAddress.Loopback, _proxy.Port), Cancellation);
        return (client, await _server.AcceptSocketAsync(Cancellation));
    }

    private static async Task<int> Sent(Socket from, Socket to, byte value)
    {
        await from.SendAsync(new[] { value }, Cancellation);
        var buffer = new byte[1];
        await to.ReceiveAsync(buffer, Cancellation);
        return buffer[0];
    }

    /// <returns>0 when the connection is no more.</returns>
    private static async Task<int> Read(Socket socket)
    {
        try
        {
            return await socket.ReceiveAsync(new byte[1], Cancellation);
        }
        catch (SocketException)
        {
            return 0;
        }
    }
}
