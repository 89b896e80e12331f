using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;

namespace TravelHub.Client.Processes;

/// <summary>
/// Ports of this machine that nobody listens on. They lie below 32768, where the ports of outgoing connections begin: a client that
/// keeps dialling a dead server's port in that range can end up connected to itself, and then the server cannot have its port back.
/// </summary>
internal static class LoopbackPorts
{
    private const int First = 20_000;
    private const int Last = 32_767;

    /// <summary>Whether a program could listen on this port now.</summary>
    public static bool IsFree(int port)
    {
        using var listener = new TcpListener(IPAddress.Loopback, port);
        try
        {
            listener.Start();
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    /// <summary>A free port.</summary>
    /// <param name="owner">A name, such as a folder; different owners search from different places and so seldom meet.</param>
    /// <param name="taken">Ports to pass over, because they are promised to others.</param>
    public static int Choose(string owner, IReadOnlySet<int> taken)
    {
        const int Count = Last - First + 1;
        var hash = BinaryPrimitives.ReadUInt32LittleEndian(SHA256.HashData(Encoding.UTF8.GetBytes(owner)));
        var start = (int)(hash % Count);
        for (var i = 0; i < Count; i++)
        {
            var port = First + ((start + i) % Count);
            if (!taken.Contains(port) && IsFree(port))
                return port;
        }

        throw new CommandFailure($"No port between {First} and {Last} is free on this machine.");
    }
}
