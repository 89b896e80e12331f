using System.CommandLine;
using System.Security.Cryptography;
using TravelHub.Client.Http;
using TravelHub.Grains.Faults;
using TravelHub.Lab.Instances;

namespace TravelHub.Lab;

/// <summary>The options that all of the lab's commands have.</summary>
/// <param name="haveCustomers">Whether somebody books in a closed loop, and it can be said how many do.</param>
internal sealed class LabOptions(bool haveCustomers = true)
{
    private const string Clients = "--clients";

    private readonly Option<int> _clients = new(Clients) { Description = "Customers in a closed loop, 1 to 256.", DefaultValueFactory = _ => 16 };
    private readonly Option<int?> _seed = new("--seed") { Description = "Gives the same faults and the same customers again; drawn and printed when it is not given." };
    private readonly Option<string?> _plant = new("--plant") { Description = $"Run with a bug, which the checks must find: {string.Join(", ", Plants.Names)}.", HelpName = "BUG" };
    private readonly Option<string?> _data = new("--data") { Description = "Where the instance is made and kept; otherwise in a temporary folder, which is kept when something was found.", HelpName = "DIR" };
    private readonly Option<bool> _json = new("--json") { Description = "Print the report as one JSON object; what happens meanwhile goes to the standard error." };

    public void AddTo(Command command)
    {
        foreach (var option in (Option[])[.. haveCustomers ? [_clients] : Array.Empty<Option>(), _seed, _plant, _data, _json])
            command.Options.Add(option);
    }

    public bool IsJson(ParseResult command) => command.GetValue(_json);

    public bool IsTemporary(ParseResult command) => command.GetValue(_data) is null;

    /// <exception cref="InputException">A value is out of its range.</exception>
    public LabLoad Load(ParseResult command) => new(
        command.GetValue(_seed) ?? RandomNumberGenerator.GetInt32(int.MaxValue), haveCustomers ? InRange(Clients, command.GetValue(_clients), 1, 256) : 0);

    /// <exception cref="InputException">There is no such bug, or the folder holds something already.</exception>
    public LabSite Site(ParseResult command)
    {
        var plant = command.GetValue(_plant);
        if (plant is not null && !Plants.Names.Contains(plant))
            throw new InputException($"--plant {plant} is not one of: {string.Join(", ", Plants.Names)}.");
        var folder = Path.GetFullPath(command.GetValue(_data) ?? Path.Combine(Path.GetTempPath(), $"travelhub-lab-{Guid.NewGuid():N}"));
        return Directory.Exists(folder) && Directory.EnumerateFileSystemEntries(folder).Any()
            ? throw new InputException($"--data {folder} is not empty: the lab judges all of a log, so it begins with none.")
            : new LabSite(folder, plant);
    }

    /// <exception cref="InputException">It is out of its range.</exception>
    public static T InRange<T>(string name, T value, T least, T most) where T : IComparable<T> =>
        value.CompareTo(least) >= 0 && value.CompareTo(most) <= 0
            ? value
            : throw new InputException($"{name} takes {least} to {most}.");
}
