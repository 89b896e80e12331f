using System.Diagnostics;
using System.Globalization;
using TravelHub.Client.Processes;

namespace TravelHub.Testing;

/// <summary>A Redis of its own, if the machine has one.</summary>
public sealed class RedisServer : IDisposable
{
    private readonly Process _process;

    private RedisServer(Process process, int port) => (_process, Port) = (process, port);

    public int Port { get; }

    /// <returns>Null when there is no <c>redis-server</c> on the PATH.</returns>
    public static RedisServer? TryStart(string folder)
    {
        var program = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            .Select(path => Path.Combine(path, "redis-server")).FirstOrDefault(File.Exists);
        if (program is null)
            return null;
        var port = LoopbackPorts.Choose(folder + "/redis", new HashSet<int>());
        var start = new ProcessStartInfo(program, ["--port", port.ToString(CultureInfo.InvariantCulture), "--bind", "127.0.0.1", "--save", "", "--appendonly", "no"])
        {
            RedirectStandardOutput = true,
        };
        var process = Process.Start(start)!;
        process.OutputDataReceived += (_, _) => { };
        process.BeginOutputReadLine();
        return new RedisServer(process, port);
    }

    public void Dispose()
    {
        _process.Kill();
        _process.WaitForExit();
        _process.Dispose();
    }
}
