using System.CommandLine;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using TravelHub.Client.Http;
using TravelHub.Client.Instances;
using TravelHub.Client.Processes;
using TravelHub.Client.Up;

namespace TravelHub.Client.Analytics;

/// <summary>The commands <c>analytics …</c>.</summary>
internal sealed class AnalyticsCommand
{
    private const int DefaultNights = 30;

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    private readonly Option<bool> _json = new("--json") { Description = "Print the report as one JSON object." };

    private readonly Option<DateOnly?> _from = new("--from") { Description = "The first night, such as 2030-01-10. Default today, by UTC." };

    private readonly Option<DateOnly?> _until = new("--until") { Description = "The day after the last night. Default 30 days after the first." };

    private readonly Option<string> _by = new("--by")
    {
        Description = "What is told apart: day, destination, property, some of them with commas, or total.", DefaultValueFactory = _ => "destination",
    };

    private readonly TargetOptions _target = new();

    public static Command Create()
    {
        var commands = new AnalyticsCommand();
        return new Command("analytics", "Figures made of the event log.") { commands.Report(), commands.Rebuild() };
    }

    private Command Report()
    {
        var command = new Command(
            "report", "Print occupancy, average daily rate and RevPAR of nights, and how far behind the log the figures are. Exit code 1: there are none to be had.")
        {
            _from, _until, _by, _json,
        };
        _target.AddOperator(command);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var target = _target.Resolve(parsed);
            var from = parsed.GetValue(_from) ?? DateOnly.FromDateTime(TimeProvider.System.GetUtcNow().UtcDateTime);
            var until = parsed.GetValue(_until) ?? from.AddDays(DefaultNights);
            using var figures = new FiguresClient(target);
            var report = await figures.Nights(from, until, parsed.GetRequiredValue(_by), cancellationToken);
            await parsed.InvocationConfiguration.Output.WriteLineAsync(parsed.GetValue(_json) ? JsonSerializer.Serialize(report, Json) : Text(report));
            return 0;
        });
        return command;
    }

    private Command Rebuild()
    {
        var analytics = new Option<string?>("--analytics") { Description = "The figures' database. Default: beside the log's, with its name and _analytics.", HelpName = "CONNECTION" };
        var command = new Command("rebuild", "Make all figures anew from the log, whether the service runs or not. Where properties are is kept.")
        {
            DataFolder.Option, DatabaseOption.Postgres, analytics, _json,
        };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var environment = new Dictionary<string, string>
            {
                ["ConnectionStrings__TravelHub"] = DatabaseOption.Of(parsed),
                ["ConnectionStrings__Analytics"] = parsed.GetValue(analytics) ?? "",
                ["DOTNET_ENVIRONMENT"] = "Production",
                ["ASPNETCORE_ENVIRONMENT"] = "Production",
            };
            var run = await ToolRun.Run(BuiltPrograms.Runtime, [BuiltPrograms.Find("TravelHub.Silo"), "rebuild-analytics"], environment, cancellationToken);
            if (run.ExitCode != 0)
                throw new CommandFailure($"The figures could not be made anew: {run.Output}");
            var report = run.StandardOutput.Trim();
            var rebuilt = JsonSerializer.Deserialize<RebuiltFigures>(report, JsonSerializerOptions.Web)!;
            await parsed.InvocationConfiguration.Output.WriteLineAsync(parsed.GetValue(_json)
                ? report : string.Create(CultureInfo.InvariantCulture, $"{rebuilt.Events:N0} events of the log are in the figures, read in {rebuilt.Seconds:N1} s"));
            return 0;
        });
        return command;
    }

    /// <summary>A report as it is printed.</summary>
    public static string Text(NightsReport report) => string.Join(Environment.NewLine,
    [
        string.Create(CultureInfo.InvariantCulture, $"Nights {report.From:yyyy-MM-dd} to {report.Until:yyyy-MM-dd}; figures as of {report.Progress.AsOf:u}, {report.Progress.LagEvents?.ToString(CultureInfo.InvariantCulture) ?? "unknown"} events behind"),
        $"{"of",-44} {"available",10} {"sold",8} {"occupied",9} {"revenue",16} {"ADR",10} {"RevPAR",10}",
        .. report.Data.SelectMany(Lines),
    ]);

    // A currency each: money is never added up across them.
    private static IEnumerable<string> Lines(NightRow row)
    {
        var name = string.Join(' ', new[] { row.Night?.ToString("O", CultureInfo.InvariantCulture), row.Destination, row.Property }.Where(part => part is not null));
        var rooms = string.Create(CultureInfo.InvariantCulture, $"{(name.Length > 0 ? name : "total"),-44} {row.RoomsAvailable,10} {row.RoomsSold,8} {row.Occupancy,9:P1}");
        return row.Sales.Count == 0
            ? [rooms]
            : row.Sales.Select(sale => $"{rooms} {Sale(sale)}");
    }

    private static string Sale(NightSale sale)
    {
        var currency = sale.Revenue.Currency;
        var revenue = FigureText.Amount(sale.Revenue.AmountMinor, currency);
        var rate = FigureText.Amount((decimal?)sale.AverageDailyRateMinor, currency);
        var revPar = FigureText.Amount((decimal?)sale.RevParMinor, currency);
        return $"{revenue,12} {currency} {rate,10} {revPar,10}";
    }

    private sealed record RebuiltFigures(long Events, double Seconds);
}
