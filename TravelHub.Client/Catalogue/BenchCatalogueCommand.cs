using System.CommandLine;
using System.Globalization;
using System.Security.Cryptography;
using TravelHub.Client.Http;

namespace TravelHub.Client.Catalogue;

/// <summary>The command <c>bench-catalogue</c>: what a benchmark books.</summary>
internal sealed class BenchCatalogueCommand
{
    private const int RefusalsShown = 10;

    private readonly Option<int> _roomTypes = new("--room-types")
    {
        Description = $"How many properties, each with one room type, 1 to {BenchCatalogue.MaxRoomTypes:N0}.",
        DefaultValueFactory = _ => 1_000,
    };

    private readonly Option<int> _callers = new("--callers")
    {
        Description = "How many put at once, 1 to 256. Neighbours go to different destinations, so that up to 50 don't wait for each other.",
        DefaultValueFactory = _ => 32,
    };

    private readonly TargetOptions _target = new();

    private readonly TimeProvider _time = TimeProvider.System;

    public static Command Create() => new BenchCatalogueCommand().Build();

    private Command Build()
    {
        Require(_roomTypes, 1, BenchCatalogue.MaxRoomTypes);
        Require(_callers, 1, 256);
        var command = new Command("bench-catalogue", "Puts properties bench-1, bench-2, … that never sell out, for benchmarks. Harmless to repeat.")
        {
            _roomTypes, _callers,
        };
        _target.AddOperator(command);
        command.SetAction(Run);
        return command;
    }

    private async Task<int> Run(ParseResult command, CancellationToken cancellationToken)
    {
        try
        {
            var entries = BenchCatalogue.Create(command.GetValue(_roomTypes));
            var callers = command.GetValue(_callers);
            var target = _target.Resolve(command);
            var random = new Random(RandomNumberGenerator.GetInt32(int.MaxValue));
            var options = new ClientOptions { MaxConnections = callers };
            using var client = new TravelHubClient(target.Url, target.OperatorKey, options, _time, random);

            var began = _time.GetTimestamp();
            // All are alike: what keeps the first one out keeps all out, and is told at once.
            await client.PutProperty(entries[0].Id, entries[0].Property, cancellationToken);
            var refusals = await CatalogueProgress.Show(new CatalogueImport(client, callers), entries, cancellationToken);
            foreach (var refusal in refusals.Take(RefusalsShown))
                await Console.Error.WriteLineAsync(refusal.ToString());
            var seconds = _time.GetElapsedTime(began).TotalSeconds.ToString("0.0", CultureInfo.InvariantCulture);
            Console.Out.WriteLine($"{entries.Count - refusals.Count} of {entries.Count} bench room types are in the catalogue ({seconds} s, {callers} callers).");
            return refusals.Count == 0 ? 0 : 1;
        }
        catch (InputException e)
        {
            await Console.Error.WriteLineAsync(e.Message);
            return InputException.ExitCode;
        }
        catch (TravelHubException e)
        {
            await Console.Error.WriteLineAsync($"The catalogue could not be begun: {e.Message}");
            return 1;
        }
    }

    private static void Require(Option<int> option, int least, int most) => option.Validators.Add(result =>
    {
        if (result.GetValueOrDefault<int>() < least || result.GetValueOrDefault<int>() > most)
            result.AddError($"{option.Name} must be {least} to {most:N0}.");
    });
}
