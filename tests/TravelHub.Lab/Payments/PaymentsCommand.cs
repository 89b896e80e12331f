using System.CommandLine;

namespace TravelHub.Lab.Payments;

/// <summary><c>payments</c>: very many attempts to pay, while what could double one dies again and again.</summary>
internal static class PaymentsCommand
{
    public static Command Create(TimeProvider time)
    {
        var attempts = new Option<long>("--attempts") { Description = "How many attempts to pay, 1 to 10,000,000; the round of faults that is under way then is finished.", DefaultValueFactory = _ => 100_000 };
        var every = new Option<double>("--every") { Description = "Seconds between two faults, 1 to 3,600.", DefaultValueFactory = _ => 20 };
        var options = new LabOptions();
        var command = new Command(
            "payments",
            """
            Start a TravelHub of the lab's own, let customers pay without a pause, by cards that are good, declined, slow, or silent after the money was
            taken, one request in eight sent twice at once; meanwhile kill silos and the payment provider, and let silos stand still until others have
            taken their place. Then compare customers, log, books and provider. Exit code 0: all holds. 1: something is broken. 2: the input is unusable.
            """)
        {
            attempts, every,
        };
        options.AddTo(command);
        command.SetAction((parsed, cancellationToken) =>
        {
            var asked = LabOptions.InRange("--attempts", parsed.GetValue(attempts), 1, 10_000_000);
            var period = TimeSpan.FromSeconds(LabOptions.InRange("--every", parsed.GetValue(every), 1, 3_600));
            return LabSession.Run(parsed, options, time, async (site, load, say) =>
            {
                var report = await new PaymentsRun(site, load, asked, period, say, time).Run(cancellationToken);
                return (report, report.Outcome, report.Holds, [$"faults           {string.Join(", ", report.Faults.Select(kind => $"{kind.Key} {kind.Value}"))}"]);
            });
        });
        return command;
    }
}
