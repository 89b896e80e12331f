using System.CommandLine;
using System.Text.Json;

using Spectre.Console;

using TravelHub.Client.Instances;

namespace TravelHub.Client.Up;

/// <summary><c>travelhub status</c>: what runs, where it answers and which keys it takes.</summary>
internal static class StatusCommand
{
    private const int NotRunning = 3;
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public static Command Create()
    {
        var json = new Option<bool>("--json") { Description = "Print JSON for other programs." };
        var command = new Command("status", "Show what runs, where it answers and which keys it takes. Exit code 3: it does not run.")
        {
            DataFolder.Option, json,
        };
        command.SetAction(parsed => Run(DataFolder.Of(parsed), parsed.GetValue(json), parsed.InvocationConfiguration.Output));
        return command;
    }

    private static int Run(DataFolder folder, bool asJson, TextWriter output)
    {
        var report = StatusReport.Of(folder, Instance.Load(folder));
        if (asJson)
            output.WriteLine(JsonSerializer.Serialize(report, Json));
        else
            Write(report, output);
        return report.Running ? 0 : NotRunning;
    }

    private static void Write(StatusReport report, TextWriter output)
    {
        output.WriteLine($"TravelHub {(report.Running ? "is running" : "is not running")}");
        output.WriteLine($"  data folder   {report.DataFolder}");
        if (report is not { Keys: { } keys, Provider: { } provider })
            return;
        output.WriteLine($"  url           {report.Url}");
        output.WriteLine($"  database      {report.ConnectionString}");
        output.WriteLine($"  client key    {keys.Client}");
        output.WriteLine($"  operator key  {keys.Operator}");
        output.WriteLine($"  researcher    {keys.Researcher}");
        output.WriteLine($"  provider      {provider.Url}  key {provider.Key}  store {provider.Store}");
        foreach (var process in report.Processes)
        {
            var ports = string.Join(", ", process.Ports.Select(port => $"{port.Key} {port.Value}"));
            output.WriteLine($"  {process.Name,-12}  {process.Status,-10}  pid {process.Pid,-8} {ports}");
        }
    }
}
