using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace TravelHub.Lab.Faults;

/// <summary>
/// Stands between a part and what it leans on, and passes bytes on, late, or not at all. It knows nothing of what they mean. Time-outs are the parts' own business:
/// a connection that hangs stays open.
/// </summary>
internal sealed class TcpProxy : IAsyncDisposable
{
    private const int BufferBytes = 1 << 16;

    private readonly TcpListener _listener = new(IPAddress.Loopback, port: 0);
    private readonly ConcurrentDictionary<Socket, bool> _open = new();
    private readonly CancellationTokenSource _stopping = new();
    private readonly TimeProvider _time;
    private readonly Task _accepting;
    private volatile TaskCompletionSource _mayPass = Open();
    private volatile bool _isDead;

    public TcpProxy(TimeProvider time)
    {
        _time = time;
        _listener.Start();
        _accepting = Accept();
    }

    /// <summary>Where it listens, on the loopback.</summary>
    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>Where it passes bytes on to, on the loopback.</summary>
    /// <value>0 until it is known: nobody is connected.</value>
    public int Target { get; set; }

    /// <summary>How much later each piece is passed on, each way.</summary>
    public TimeSpan Delay { get; set; }

    /// <summary>Whether every connection is cut and none is made.</summary>
    public bool IsDead
    {
        get => _isDead;
        set
        {
            _isDead = value;
            if (value)
                Cut();
        }
    }

    /// <summary>Whether nothing is passed on, though connections stay.</summary>
    public bool IsHung
    {
        get => !_mayPass.Task.IsCompleted;
        set
        {
            if (value && !IsHung)
                _mayPass = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            else if (!value)
                _mayPass.TrySetResult();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        _listener.Stop();
        IsHung = false;
        Cut();
        await ((Task)_accepting).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _listener.Dispose();
        _stopping.Dispose();
    }

    private static TaskCompletionSource Open()
    {
        var open = new TaskCompletionSource();
        open.SetResult();
        return open;
    }

    private void Cut()
    {
        foreach (var socket in _open.Keys)
            socket.Dispose();
    }

    private async Task Accept()
    {
        while (!_stopping.IsCancellationRequested)
            _ = Serve(await _listener.AcceptSocketAsync(_stopping.Token));
    }

    private async Task Serve(Socket client)
    {
        using var server = new Socket(SocketType.Stream, ProtocolType.Tcp);
        using (client)
        {
            _open[client] = _open[server] = true;
            try
            {
                if (_isDead || Target == 0)
                    return;
                await server.ConnectAsync(new IPEndPoint(IPAddress.Loopback, Target), _stopping.Token);
                client.NoDelay = server.NoDelay = true;
                await await Task.WhenAny(Pass(client, server), Pass(server, client));
            }
            catch (Exception e) when (e is SocketException or ObjectDisposedException or OperationCanceledException)
            {
                // Either end is gone, and so is the other then.
            }
            finally
            {
                _open.TryRemove(client, out _);
                _open.TryRemove(server, out _);
            }
        }
    }

    private async Task Pass(Socket from, Socket to)
    {
        var buffer = new byte[BufferBytes];
        while (await from.ReceiveAsync(buffer, _stopping.Token) is var count && count > 0)
        {
            await _mayPass.Task;
            if (Delay > TimeSpan.Zero)
                await Task.Delay(Delay, _time, _stopping.Token);
            for (var sent = 0; sent < count;)
                sent += await to.SendAsync(buffer.AsMemory(sent, count - sent), _stopping.Token);
        }
    }
}
