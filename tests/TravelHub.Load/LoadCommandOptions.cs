using System.CommandLine;
using TravelHub.Load.Schedule;
using TravelHub.Load.Targets;

namespace TravelHub.Load;

/// <summary>The options of the command line; their ranges are those of <see cref="LoadOptions"/>.</summary>
internal sealed class LoadCommandOptions
{
    private static readonly LoadOptions Defaults = new() { Run = "defaults", Seed = 0 };

    private readonly Option<string?> _url = new("--url") { Description = "Where the gateway answers, in place of the folder's word." };
    private readonly Option<string?> _key = new("--key") { Description = "The client key that books, in place of the folder's." };
    private readonly Option<string?> _data = new("--data") { Description = "The data folder of a TravelHub that 'up' started.", HelpName = "DIR" };
    private readonly Option<double> _rate = With("--rate", Defaults.RatePerSecond, "Requests a second, 0.1 to 20,000.");
    private readonly Option<double> _duration = With("--duration", Defaults.Duration.TotalSeconds, "Seconds that are measured, 1 to 21,600.");
    private readonly Option<double> _warmUp = With("--warm-up", Defaults.WarmUp.TotalSeconds, "Seconds of load before those, 0 to 3,600.");
    private readonly Option<double> _timeout = With("--timeout", Defaults.Timeout.TotalSeconds, "Seconds a request waits for its answer, 0.1 to 300.");
    private readonly Option<int> _maxInFlight = With("--max-in-flight", Defaults.MaxInFlight, "The most requests under way at once, 1 to 20,000; the wait of the next counts.");
    private readonly Option<ArrivalPattern> _arrivals = With("--arrivals", Defaults.Arrivals, "How arrivals are spread.");
    private readonly Option<RoomsMode> _rooms = With("--rooms-mode", Defaults.Rooms, "Any room and nights, or all the same.");
    private readonly Option<int> _roomTypes = With("--room-types", Defaults.RoomTypes, "How many of bench-1, bench-2, … there are.");
    private readonly Option<double> _searchShare = With("--search-share", Defaults.SearchShare, "The part of the requests that are searches, 0 to 1.");
    private readonly Option<int?> _seed = new("--seed") { Description = "Gives the same schedule again; drawn and printed when it is not given." };
    private readonly Option<bool> _json = new("--json") { Description = "Prints the report as one JSON object." };

    public void AddTo(Command command)
    {
        foreach (var option in (Option[])[_url, _key, _data, _rate, _duration, _warmUp, _timeout, _maxInFlight, _arrivals, _rooms, _roomTypes, _searchShare, _seed, _json])
            command.Options.Add(option);
    }

    public int? Seed(ParseResult command) => command.GetValue(_seed);

    public bool IsJson(ParseResult command) => command.GetValue(_json);

    /// <exception cref="TargetException">It cannot be found.</exception>
    public LoadTarget Target(ParseResult command) =>
        LoadTarget.Find(command.GetValue(_url), command.GetValue(_key), command.GetValue(_data));

    /// <exception cref="TargetException">A time is none at all.</exception>
    public LoadOptions Read(ParseResult command, int seed, string run) => new()
    {
        Run = run,
        Seed = seed,
        RatePerSecond = command.GetValue(_rate),
        Arrivals = command.GetValue(_arrivals),
        Duration = Seconds(command, _duration),
        WarmUp = Seconds(command, _warmUp),
        Timeout = Seconds(command, _timeout),
        Rooms = command.GetValue(_rooms),
        RoomTypes = command.GetValue(_roomTypes),
        SearchShare = command.GetValue(_searchShare),
        MaxInFlight = command.GetValue(_maxInFlight),
        // What is printed needs none, and a long run would fill the memory.
        KeepHistory = false,
    };

    private static TimeSpan Seconds(ParseResult command, Option<double> option) =>
        command.GetValue(option) is var seconds and >= 0 and <= 1_000_000
            ? TimeSpan.FromSeconds(seconds)
            : throw new TargetException($"{option.Name} must be a number of seconds.");

    private static Option<T> With<T>(string name, T value, string description) =>
        new(name) { Description = description, DefaultValueFactory = _ => value };
}
