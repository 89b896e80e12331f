using System.CommandLine;
using TravelHub.Load;

// Ctrl-C cancels the run, which still reports what it saw.
return await LoadCommand.Create(TimeProvider.System).Parse(args).InvokeAsync(
    new InvocationConfiguration { ProcessTerminationTimeout = TimeSpan.FromSeconds(30) });
