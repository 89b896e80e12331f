using System.Net.Sockets;
using System.Text;

namespace TravelHub.Api.Tests.Malformed;

/// <summary>Sends bytes as they are, and reads whatever comes until the server closes.</summary>
internal static class RawHttp
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    // A server that has said nothing until then may be waiting for more of the request.
    private static readonly TimeSpan WaitsForMore = TimeSpan.FromMilliseconds(500);

    /// <returns>All that came, as text; empty when the server closed without a word.</returns>
    public static async Task<string> Send(Uri server, byte[] request, CancellationToken cancellationToken)
    {
        using var enough = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        enough.CancelAfter(Patience);
        using var connection = new TcpClient { NoDelay = true };
        await connection.ConnectAsync(server.Host, server.Port, enough.Token);
        var stream = connection.GetStream();
        var answer = new MemoryStream();
        try
        {
            await stream.WriteAsync(request, enough.Token);
            var begins = new byte[1];
            var beginning = stream.ReadAsync(begins, enough.Token).AsTask();
            await Task.WhenAny(beginning, Task.Delay(WaitsForMore, TimeProvider.System, enough.Token));
            connection.Client.Shutdown(SocketShutdown.Send);   // not before: a server that is told so gives up what it works on
            answer.Write(begins, 0, await beginning);
            await stream.CopyToAsync(answer, enough.Token);
        }
        catch (Exception e) when (e is IOException or SocketException)
        {
            // A server may close on a request before it has read all of it; what it said until then counts.
        }

        return Encoding.UTF8.GetString(answer.ToArray());
    }

    /// <returns>The status, or null when there is none.</returns>
    public static int? Status(string answer) =>
        answer.StartsWith("HTTP/1.", StringComparison.Ordinal) && answer.Length > 12 && int.TryParse(answer.AsSpan(9, 3), out var status) ? status : null;
}
