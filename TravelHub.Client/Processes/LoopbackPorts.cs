using System.Buffers.Binary;
using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;

namespace TravelHub.Client.Processes;

/// <summary>
/// Ports of this machine that nobody listens on. They lie below 32768, where the ports of outgoing connections begin: a client that
/// keeps dialling a dead server's port in that range can end up connected to itself, and then the server cannot have its port back.
/// Between the choice and the moment at which a server listens, a port is kept for this process: nobody else who asks here is given it.
/// </summary>
internal static class LoopbackPorts
{
    private const int First = 20_000;
    private const int Last = 32_767;

    private static readonly ConcurrentDictionary<int, string> Kept = new();

    private static readonly FileStream? KeptByProcesses = TryOpen(Path.Combine(Path.GetTempPath(), "travelhub-ports"));

    /// <summary>Keeps a port for this owner until the process ends, unless somebody listens on it or it is kept for another.</summary>
    public static bool TryTake(string owner, int port)
    {
        if (Kept.GetOrAdd(port, owner) != owner)
            return false;
        if (IsFree(port) && TryKeep(port))
            return true;
        Kept.TryRemove(port, out _);
        return false;
    }

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
            if (!taken.Contains(port) && TryTake(owner, port))
                return port;
        }

        throw new CommandFailure($"No port between {First} and {Last} is free on this machine.");
    }

    // A byte of the file for each port, locked until the process ends, however it ends.
    private static bool TryKeep(int port)
    {
        if (KeptByProcesses is null || !(OperatingSystem.IsLinux() || OperatingSystem.IsWindows()))
            return true;
        try
        {
            KeptByProcesses.Lock(port, 1);
            return true;
        }
        catch (IOException)
        {
            return false;
        }
    }

    /// <returns>Null where it can't be had, as when it is another user's: then chance alone keeps two processes from one port.</returns>
    private static FileStream? TryOpen(string path)
    {
        try
        {
            return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.ReadWrite);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
