using System.CommandLine;
using System.Security.Cryptography;
using TravelHub.Client.Http;

namespace TravelHub.Client.Catalogue;

/// <summary>The command <c>catalogue</c>: fills the catalogue.</summary>
internal static class CatalogueCommand
{
    public static Command Create() => new("catalogue", "Fills the catalogue with properties.") { Demo(), Import() };

    private static Command Demo()
    {
        var print = new Option<bool>("--print") { Description = "Prints the catalogue as JSON, in the form that import reads, and sends nothing." };
        var command = new Command("demo", "Puts a made-up catalogue of about 1,000 room types in 50 destinations.") { print };
        var target = new TargetOptions();
        target.AddOperator(command);
        command.SetAction((parsed, cancellationToken) =>
        {
            if (!parsed.GetValue(print))
                return Put(() => DemoCatalogue.Create(), target, parsed, cancellationToken);
            Console.Out.WriteLine(CatalogueFile.Write(DemoCatalogue.Create()));
            return Task.FromResult(0);
        });
        return command;
    }

    private static Command Import()
    {
        var file = new Argument<string>("FILE") { Description = "A JSON array of properties, each with its id; \"catalogue demo --print\" shows the form." };
        var command = new Command("import", "Puts the properties of a file.") { file };
        var target = new TargetOptions();
        target.AddOperator(command);
        command.SetAction((parsed, cancellationToken) =>
            Put(() => CatalogueFile.Read(parsed.GetRequiredValue(file)), target, parsed, cancellationToken));
        return command;
    }

    private static async Task<int> Put(
        Func<IReadOnlyList<CatalogueEntry>> read, TargetOptions options, ParseResult command, CancellationToken cancellationToken)
    {
        try
        {
            var entries = read();
            var target = options.Resolve(command);
            var random = new Random(RandomNumberGenerator.GetInt32(int.MaxValue));
            using var client = new TravelHubClient(target.Url, target.OperatorKey, new ClientOptions(), TimeProvider.System, random);
            var refusals = await CatalogueProgress.Show(new CatalogueImport(client), entries, cancellationToken);
            foreach (var refusal in refusals)
                await Console.Error.WriteLineAsync(refusal.ToString());
            var roomTypes = entries.Sum(entry => entry.Property.RoomTypes.Count);
            Console.Out.WriteLine($"{entries.Count - refusals.Count} of {entries.Count} properties are in the catalogue (room types in all: {roomTypes}).");
            return refusals.Count == 0 ? 0 : 1;
        }
        catch (InputException e)
        {
            await Console.Error.WriteLineAsync(e.Message);
            return InputException.ExitCode;
        }
    }
}
