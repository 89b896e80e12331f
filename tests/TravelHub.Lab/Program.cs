using System.CommandLine;
using TravelHub.Client;
using TravelHub.Client.Http;
using TravelHub.Lab.AnalyticsTrouble;
using TravelHub.Lab.DatabaseAway;
using TravelHub.Lab.Dependencies;
using TravelHub.Lab.Detectors;
using TravelHub.Lab.Experiments;
using TravelHub.Lab.HotelFigures;
using TravelHub.Lab.Liars;
using TravelHub.Lab.Mutants;
using TravelHub.Lab.Payments;
using TravelHub.Lab.Reports;
using TravelHub.Lab.Simulation;
using TravelHub.Lab.Soak;
using TravelHub.Lab.VoteCost;

var root = new RootCommand("Breaks a TravelHub of its own on purpose, and judges by the log and by what its clients were told whether it kept its promises.")
{
    RunCommand.Create(TimeProvider.System),
    CompareCommand.Create(),
    SimulateCommand.Create(TimeProvider.System),
    SoakCommand.Create(TimeProvider.System),
    DatabaseAwayCommand.Create(TimeProvider.System),
    LiarsCommand.Create(TimeProvider.System),
    PaymentsCommand.Create(TimeProvider.System),
    VoteCostCommand.Create(TimeProvider.System),
    HotelFiguresCommand.Create(TimeProvider.System),
    TroubleCommand.Create(TimeProvider.System),
    DetectorsCommand.Create(TimeProvider.System),
    DependenciesCommand.Create(TimeProvider.System),
    MutantsCommand.Create(TimeProvider.System),
};

try
{
    // Ctrl-C ends the run and stops what it started.
    return root.Parse(args) is { Errors.Count: > 0 } wrong
        ? Unusable(string.Join(Environment.NewLine, wrong.Errors.Select(error => error.Message)))
        : await root.Parse(args).InvokeAsync(new InvocationConfiguration
        {
            EnableDefaultExceptionHandler = false,
            ProcessTerminationTimeout = TimeSpan.FromMinutes(3),
        });
}
catch (Exception e) when (e is CommandFailure or InputException)
{
    return Unusable(e.Message);
}
catch (OperationCanceledException)
{
    return 130;
}

static int Unusable(string message)
{
    Console.Error.WriteLine(message);
    return InputException.ExitCode;
}
