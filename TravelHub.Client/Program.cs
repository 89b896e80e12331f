using System.CommandLine;
using System.CommandLine.Invocation;

using TravelHub.Client.Analytics;
using TravelHub.Client.Audit;
using TravelHub.Client.Backup;
using TravelHub.Client.Catalogue;
using TravelHub.Client.EventLog;
using TravelHub.Client.Http;
using TravelHub.Client.Keys;
using TravelHub.Client.Operations;
using TravelHub.Client.Payments;
using TravelHub.Client.Replay;
using TravelHub.Client.Up;
using TravelHub.Client;

var root = new RootCommand("TravelHub: a travel-booking cluster that stays correct and useful while parts of it fail.")
{
    UpCommand.Create(),
    DownCommand.Create(),
    StatusCommand.Create(),
    CatalogueCommand.Create(),
    BenchCatalogueCommand.Create(),
    ReplayCommand.Create(),
    LogCommand.Create(),
    PaymentsCommand.Create(),
    OperatorCommands.Silos(),
    OperatorCommands.Grains(),
    OperatorCommands.Monitor(),
    OperatorCommands.Replicas(),
    OperatorCommands.Breakers(),
    AnalyticsCommand.Create(),
    KeysCommand.Create(),
    AuditCommand.Create(),
    BackupCommand.Create(),
    RestoreCommand.Create(),
};

try
{
    var command = root.Parse(args);
    var exitCode = await command.InvokeAsync(new InvocationConfiguration
    {
        EnableDefaultExceptionHandler = false,
        // Ctrl-C and SIGTERM cancel the command's token; `up` then needs time to stop its processes in order.
        ProcessTerminationTimeout = TimeSpan.FromMinutes(3),
    });
    return command.Action is ParseErrorAction ? InputException.ExitCode : exitCode;
}
catch (Exception e) when (e is CommandFailure or InputException or TravelHubException)
{
    await Console.Error.WriteLineAsync(e.Message);
    return e is InputException ? InputException.ExitCode : 1;
}
catch (OperationCanceledException)
{
    return 130;
}
