using System.CommandLine;
using TravelHub.Benchmarks;
using TravelHub.Benchmarks.Bookings;

return await new RootCommand("Measures TravelHub: parts of it by themselves, on a PostgreSQL and a payment provider of their own, or one that 'up' runs as a whole.")
{
    ActivationCommand.Create(), BookingsCommand.Create(),
}.Parse(args).InvokeAsync();
