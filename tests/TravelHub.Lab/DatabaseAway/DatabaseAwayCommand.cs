using System.CommandLine;
using System.Globalization;

namespace TravelHub.Lab.DatabaseAway;

/// <summary><c>database-away</c>: PostgreSQL goes for a while and comes back.</summary>
internal static class DatabaseAwayCommand
{
    public static Command Create(TimeProvider time)
    {
        var seconds = new Option<double>("--seconds") { Description = "How long the database is away, 1 to 3,600.", DefaultValueFactory = _ => 10 };
        var how = new Option<OutageKind>("--how") { Description = "Stopped, so that connections are refused, or frozen, so that nothing answers.", DefaultValueFactory = _ => OutageKind.Stop };
        var silo = new Option<SiloFate>("--silo") { Description = "What a silo suffers meanwhile.", DefaultValueFactory = _ => SiloFate.None };
        var options = new LabOptions();
        var command = new Command(
            "database-away",
            """
            Start a TravelHub of the lab's own under load, take its database away, and measure from its return until rooms on all silos can be
            booked again. Then the checks of a soak. Exit code 0: full service within 15 s, and all checks hold. 1: not so. 2: unusable input.
            """)
        {
            seconds, how, silo,
        };
        options.AddTo(command);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var length = TimeSpan.FromSeconds(LabOptions.InRange("--seconds", parsed.GetValue(seconds), 1, 3_600));
            var outage = new OutageOptions(length, parsed.GetValue(how), parsed.GetValue(silo));
            return await LabSession.Run(parsed, options, time, async (site, load, say) =>
            {
                var report = await new DatabaseAwayRun(site, load, outage, say, time).Run(cancellationToken);
                return (report, report.Outcome, report.Holds, Lines(report));
            });
        });
        return command;
    }

    private static string[] Lines(DatabaseAwayReport report) =>
    [
        string.Create(CultureInfo.InvariantCulture, $"database away    {report.AwaySeconds:0.0} s ({report.How}), silo: {report.Silo}"),
        string.Create(CultureInfo.InvariantCulture, $"full service     {report.FullServiceSeconds:0.0} s after its return ({(report.IsBackInTime ? "in time" : "TOO LATE")}; at most {DatabaseAwayReport.MostSeconds} s)"),
        string.Create(CultureInfo.InvariantCulture, $"silos ready      {report.SilosReadySeconds:0.0} s after its return"),
    ];
}
