using System.Diagnostics;
using System.Reflection;

namespace TravelHub.PaymentSandbox.Tests;

/// <summary>The program as the process that it is, on a store that outlives it.</summary>
internal sealed class SandboxProcess : IDisposable
{
    private const string Key = "a-key-for-tests-alone";
    private const string Listening = "Now listening on: ";

    private readonly Process _process;

    private SandboxProcess(Process process, string address)
    {
        _process = process;
        Client = new ProviderClient(address, $"Bearer {Key}");
    }

    public ProviderClient Client { get; }

    public static async Task<SandboxProcess> Start(string store)
    {
        var program = typeof(SandboxProcess).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
            .Single(metadata => metadata.Key == "PaymentSandbox").Value!;
        var process = Process.Start(new ProcessStartInfo("dotnet", [program])
        {
            RedirectStandardOutput = true,
            WorkingDirectory = Path.GetDirectoryName(store),
            Environment =
            {
                ["ASPNETCORE_URLS"] = "http://127.0.0.1:0",
                ["Sandbox__Key"] = Key,
                ["Sandbox__Store"] = store,
            },
        })!;

        while (await process.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken) is { } line)
            if (line.IndexOf(Listening, StringComparison.Ordinal) is >= 0 and var at)
                return new SandboxProcess(process, line[(at + Listening.Length)..]);
        throw new InvalidOperationException($"{program} ended without listening");
    }

    /// <summary>kill -9: no handler runs, no buffer is flushed.</summary>
    public Task Kill()
    {
        _process.Kill();
        return _process.WaitForExitAsync(TestContext.Current.CancellationToken);
    }

    /// <summary>SIGTERM, as a supervisor sends it.</summary>
    public async Task<int> Terminate()
    {
        using var kill = Process.Start("kill", ["-TERM", $"{_process.Id}"]);
        await _process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return _process.ExitCode;
    }

    public void Dispose()
    {
        Client.Dispose();
        if (!_process.HasExited)
            _process.Kill();
        _process.Dispose();
    }
}
