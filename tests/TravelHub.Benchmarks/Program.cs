using System.CommandLine;
using TravelHub.Benchmarks;

return await new RootCommand("Measures parts of TravelHub by themselves, on a PostgreSQL and a payment provider of their own.") { ActivationCommand.Create() }
    .Parse(args).InvokeAsync();
