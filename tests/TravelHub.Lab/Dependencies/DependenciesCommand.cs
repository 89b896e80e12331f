using System.CommandLine;
using System.Globalization;
using TravelHub.Client.Http;

namespace TravelHub.Lab.Dependencies;

/// <summary><c>dependencies</c>: whatever the gateway leans on is ill, and clients get no 5xx.</summary>
internal static class DependenciesCommand
{
    public static Command Create(TimeProvider time)
    {
        var seconds = new Option<double>("--seconds") { Description = "How long each is ill, 5 to 600.", DefaultValueFactory = _ => 60 };
        var rate = new Option<double>("--rate") { Description = "Requests a second, four in five of them searches, 1 to 1,000.", DefaultValueFactory = _ => 30 };
        var only = new Option<string[]>("--only") { Description = $"Which to make ill: {string.Join(", ", Patients.All)}. Default: all.", AllowMultipleArgumentsPerToken = true };
        var how = new Option<Ailment[]>("--how") { Description = "In which ways. Default: all.", AllowMultipleArgumentsPerToken = true };
        var options = new LabOptions(haveCustomers: false);
        var command = new Command(
            "dependencies",
            """
            Start a TravelHub of the lab's own and make each thing that it leans on dead, hung, slow and flapping, one after the other, under load. Exit code 0: no answer
            was 5xx, 429 or empty, at least 99 % of the searches that were answered before were answered with data and of the bookings with 201 or 202, and
            what was accepted came to an end. 1: not so. 2: unusable input.
            """)
        {
            seconds, rate, only, how,
        };
        options.AddTo(command);
        command.SetAction((parsed, cancellationToken) =>
        {
            var length = TimeSpan.FromSeconds(LabOptions.InRange("--seconds", parsed.GetValue(seconds), 5, 600));
            var perSecond = LabOptions.InRange("--rate", parsed.GetValue(rate), 1, 1_000);
            var names = parsed.GetValue(only) is { Length: > 0 } named ? named : [.. Patients.All];
            if (names.Except(Patients.All).FirstOrDefault() is { } unknown)
                throw new InputException($"--only {unknown} is not one of: {string.Join(", ", Patients.All)}.");
            var ailments = parsed.GetValue(how) is { Length: > 0 } ways ? ways : Enum.GetValues<Ailment>();
            return LabSession.Run(parsed, options, time, async (site, load, say) =>
            {
                var report = await new DependenciesRun(site, load.Seed, perSecond, length, say, time).Run(names, ailments, cancellationToken);
                return (report, null, report.Holds, Lines(report));
            });
        });
        return command;
    }

    public static string Line(Cell cell) => string.Create(
        CultureInfo.InvariantCulture,
        $"{cell.Dependency,-13}{cell.Ailment,-9} 5xx {cell.ServerErrors}, 429 {cell.TooMany}, empty {cell.Empty}, unanswered {cell.Unanswered}; searches with data {cell.UsefulShare:0.000} of {cell.Searches}, degraded {cell.Degraded}, oldest {cell.OldestSeconds:0} s; bookings accepted {cell.AcceptedShare:0.000} of {cell.Bookings}, kept {cell.Kept}, refused later {cell.Refused}, lost {cell.Lost}, without an end {cell.Unended}; p50 {cell.P50Milliseconds:0.0}, p99 {cell.P99Milliseconds:0} ms, of degraded searches in the second half {cell.DegradedP99Milliseconds:0.0} ms{(cell.Holds ? "" : "  BROKEN")}");

    private static string[] Lines(DependenciesReport report) => [.. report.Cells.Select(Line), .. report.Skipped.Select(why => $"skipped: {why}")];
}
