using System.ComponentModel;
using System.Diagnostics;

namespace TravelHub.Client.Processes;

/// <summary>What a short-lived program said and how it ended.</summary>
internal sealed record ToolRun(string Program, int ExitCode, string StandardOutput, string StandardError)
{
    /// <summary>All that it said.</summary>
    public string Output => (StandardOutput + StandardError).Trim();

    /// <summary>Runs a program to its end.</summary>
    /// <param name="program">Its path.</param>
    /// <param name="arguments">Never secrets: other users of the machine can read them.</param>
    /// <param name="userName">Whom to run it as; null for the user of this process.</param>
    /// <param name="workingFolder">Where to run it; a folder that the user can enter.</param>
    /// <param name="cancellationToken">Ends the program too.</param>
    /// <exception cref="CommandFailure">The program cannot be started.</exception>
    public static Task<ToolRun> Run(
        string program, IEnumerable<string> arguments, string? userName, string workingFolder, CancellationToken cancellationToken)
    {
        var start = new ProcessStartInfo(program, arguments) { WorkingDirectory = workingFolder };
        if (userName is not null)
            start.UserName = userName;
        return Run(start, cancellationToken);
    }

    /// <summary>Runs a program to its end, as the user of this process.</summary>
    /// <param name="program">Its path.</param>
    /// <param name="arguments">Never secrets: other users of the machine can read them.</param>
    /// <param name="environment">Variables beside those of this process; secrets go here.</param>
    /// <param name="cancellationToken">Ends the program too.</param>
    /// <exception cref="CommandFailure">The program cannot be started.</exception>
    public static Task<ToolRun> Run(
        string program, IEnumerable<string> arguments, IReadOnlyDictionary<string, string> environment, CancellationToken cancellationToken)
    {
        var start = new ProcessStartInfo(program, arguments);
        foreach (var (name, value) in environment)
            start.Environment[name] = value;
        return Run(start, cancellationToken);
    }

    private static async Task<ToolRun> Run(ProcessStartInfo start, CancellationToken cancellationToken)
    {
        start.RedirectStandardInput = true;
        start.RedirectStandardOutput = true;
        start.RedirectStandardError = true;
        start.UseShellExecute = false;
        // Messages are looked into for known reasons, so they must be in one language.
        start.Environment["LC_ALL"] = "C";

        using var process = Begin(start);
        process.StandardInput.Close();
        try
        {
            var output = process.StandardOutput.ReadToEndAsync(cancellationToken);
            var error = process.StandardError.ReadToEndAsync(cancellationToken);
            await process.WaitForExitAsync(cancellationToken);
            return new ToolRun(start.FileName, process.ExitCode, await output, await error);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw;
        }
    }

    /// <summary>Returns the run if the program was content.</summary>
    /// <exception cref="CommandFailure">It was not; carries its words.</exception>
    public ToolRun OrFail(string purpose) =>
        ExitCode == 0 ? this : throw new CommandFailure($"{purpose} failed: {Program} ended with {ExitCode}:\n{Output}");

    private static Process Begin(ProcessStartInfo start)
    {
        try
        {
            return Process.Start(start)!;
        }
        catch (Win32Exception e)
        {
            throw new CommandFailure($"Cannot run {start.FileName}: {e.Message}.", e);
        }
    }
}
