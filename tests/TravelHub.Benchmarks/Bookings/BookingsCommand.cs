using System.CommandLine;
using TravelHub.Client;
using TravelHub.Client.Catalogue;
using TravelHub.Client.Instances;
using TravelHub.Load.Sending;

namespace TravelHub.Benchmarks.Bookings;

/// <summary>What bookings cost a TravelHub that <c>up</c> runs: how many a second, how late, and whose processor time.</summary>
internal static class BookingsCommand
{
    public static Command Create()
    {
        var loads = new Option<BookingsLoad[]>("--load")
        {
            Description = $"The loads, one after the other: {BookingsLoad.Forms}.",
            HelpName = "LOAD",
            AllowMultipleArgumentsPerToken = true,
            CustomParser = BookingsLoad.ReadAll,
            DefaultValueFactory = _ => [.. new[] { "closed:64", "hot:64", "open:100", "closed:1" }.Select(BookingsLoad.Read).OfType<BookingsLoad>()],
        };
        var warmUp = Number("--warm-up", 90, 0, 3_600, "Seconds of load before the first: a cold cluster is several times slower.");
        var seconds = Number("--seconds", 15, 1, 900, "Seconds of each load.");
        var roomTypes = Number("--room-types", 1_000, 1, 1_000_000, "How many room types are booked; they are put into the catalogue first.");
        var postgres = new Option<int?>("--postgres-pid") { Description = "The first process of the PostgreSQL, where the instance was started with --postgres.", HelpName = "PID" };
        var command = new Command("bookings", "Books at a TravelHub that 'up' runs on this machine, and tells what a booking costs it.")
        {
            DataFolder.Option, loads, warmUp, seconds, roomTypes, postgres,
        };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            try
            {
                var folder = DataFolder.Of(parsed);
                var instance = Instance.LoadRunning(folder);
                var put = await BenchCatalogueCommand.Create().Parse(["--data", folder.Path, "--room-types", $"{parsed.GetValue(roomTypes)}"]).InvokeAsync(cancellationToken: cancellationToken);
                if (put != 0)
                    return put;
                using var sender = new GatewaySender(instance.Url, instance.Keys.Client);
                var processes = instance.Processes.Values.Select(process => (process.Name, process.Pid)).ToList();
                if (parsed.GetValue(postgres) is { } pid)
                    processes.Add(("postgres", pid));
                var times = OperatingSystem.IsLinux() ? new ProcessorTimes(processes) : null;   // elsewhere there is no /proc
                await new BookingsRun(sender, times, parsed.GetValue(roomTypes), parsed.InvocationConfiguration.Output, TimeProvider.System)
                    .Run(parsed.GetValue(loads)!, TimeSpan.FromSeconds(parsed.GetValue(warmUp)), TimeSpan.FromSeconds(parsed.GetValue(seconds)), cancellationToken);
                return 0;
            }
            catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
            {
                return 130;   // what was measured until then stands there
            }
            catch (CommandFailure e)
            {
                await parsed.InvocationConfiguration.Error.WriteLineAsync(e.Message);
                return 2;
            }
        });
        return command;
    }

    private static Option<int> Number(string name, int value, int least, int most, string description)
    {
        var option = new Option<int>(name) { Description = $"{description} {least:N0} to {most:N0}.", DefaultValueFactory = _ => value };
        option.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int>() < least || result.GetValueOrDefault<int>() > most)
                result.AddError($"{name} must be {least:N0} to {most:N0}.");
        });
        return option;
    }
}
