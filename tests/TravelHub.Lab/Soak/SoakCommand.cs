using System.CommandLine;
using TravelHub.Client.Http;

namespace TravelHub.Lab.Soak;

/// <summary><c>soak</c>: customers, and a fault every few seconds.</summary>
internal static class SoakCommand
{
    public static Command Create(TimeProvider time)
    {
        var minutes = new Option<double>("--minutes") { Description = "How long the load lasts, 0.1 to 1,440.", DefaultValueFactory = _ => 15 };
        var every = new Option<double>("--every") { Description = "Seconds between two faults, 1 to 3,600.", DefaultValueFactory = _ => 20 };
        var pairs = new Option<bool>("--pairs") { Description = "Another fault follows each within 8 s, while it lasts or while its traces are made good." };
        var options = new LabOptions();
        var command = new Command(
            "soak",
            """
            Start a TravelHub of the lab's own, let customers book, pay and cancel over HTTP, and every few seconds kill a silo, make one stand
            still, or kill PostgreSQL. Then wait until nothing is pending and compare what the customers were told with the log, the provider's
            store and what the cluster says. Exit code 0: all holds. 1: something is broken. 2: the input is unusable.
            """)
        {
            minutes, every, pairs,
        };
        options.AddTo(command);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var duration = TimeSpan.FromMinutes(LabOptions.InRange("--minutes", parsed.GetValue(minutes), 0.1, 1_440));
            var period = TimeSpan.FromSeconds(LabOptions.InRange("--every", parsed.GetValue(every), 1, 3_600));
            if (period * 1.5 > duration)
                throw new InputException("--every: a fault is made only where half its period is left after it; make it at most two thirds of --minutes.");
            return await LabSession.Run(parsed, options, time, async (site, load, say) =>
            {
                var report = await SoakRun.Run(site, load, duration, period, parsed.GetValue(pairs), say, time, cancellationToken);
                return (report, report.Outcome, report.Holds, [$"faults           {string.Join(", ", report.Faults.Select(kind => $"{kind.Key} {kind.Value}"))}; {report.Missed} hit who was dead already"]);
            });
        });
        return command;
    }
}
