using System.CommandLine;
using System.Security.Cryptography;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using TravelHub.Load.Reporting;
using TravelHub.Load.Running;
using TravelHub.Load.Sending;
using TravelHub.Load.Targets;

namespace TravelHub.Load;

/// <summary>The program's one command: makes a load and reports how it was met.</summary>
internal sealed class LoadCommand(TimeProvider time)
{
    private const int UnusableInput = 2;
    private const int Cancelled = 130;

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
        // The text goes to a terminal or a file, never into a page.
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    private readonly LoadCommandOptions _options = new();

    public static RootCommand Create(TimeProvider time) => new LoadCommand(time).Build();

    private RootCommand Build()
    {
        var command = new RootCommand(
            "Sends bookings and searches at a chosen rate, whether or not earlier ones were answered, and measures each from its intended start.");
        _options.AddTo(command);
        command.SetAction(Run);
        return command;
    }

    private async Task<int> Run(ParseResult command, CancellationToken cancellationToken)
    {
        try
        {
            var output = command.InvocationConfiguration.Output;
            var seed = _options.Seed(command) ?? RandomNumberGenerator.GetInt32(int.MaxValue);
            var options = _options.Read(command, seed, $"{time.GetUtcNow():yyyyMMddHHmmss}-{seed:x8}");
            if (options.FindWrong() is { Count: > 0 } wrong)
                throw new TargetException(string.Join(Environment.NewLine, wrong));
            var target = _options.Target(command);

            using var sender = new GatewaySender(target.Url, target.ClientKey);
            using var run = LoadRun.Start(options, sender, time, onOver: null, cancellationToken);
            var report = await run.Completion;
            if (_options.IsJson(command))
                output.WriteLine(JsonSerializer.Serialize(report, Json));
            else
                LoadReportText.Write(report, output);
            return report.IsCut ? Cancelled : report.Answered > 0 ? 0 : 1;
        }
        catch (TargetException e)
        {
            await command.InvocationConfiguration.Error.WriteLineAsync(e.Message);
            return UnusableInput;
        }
    }
}
