namespace TravelHub.Lab.Experiments;

/// <summary>What the clients of a trial do.</summary>
/// <param name="Clients">Of a closed loop.</param>
/// <param name="RatePerSecond">Of arrivals and pairs.</param>
/// <param name="SearchShare">How many of the arrivals search; the rest book.</param>
/// <param name="File">Of a replay: the published hotel-demand data; null for demand that is made up from the seed.</param>
/// <param name="Skew">Of made-up demand: how much more some room types are wanted than others, as the exponent of a Zipf distribution; 0 for all alike.</param>
/// <param name="Pairs">Of pairs: how many stretches with trouble, each beside one without.</param>
/// <param name="Compress">Of detectors: divides their periods.</param>
/// <param name="Components">Of detectors: which are killed; null for all.</param>
/// <param name="QuickComponents">Of detectors: which are killed in a quick run; null for <paramref name="Components"/>. Processes are killed one after the other, and take long.</param>
internal sealed record ScenarioLoad(
    LoadKind Kind, int Clients = 16, double RatePerSecond = 50, double SearchShare = 0, string? File = null, double Skew = 0, int Pairs = 10, double Compress = 15,
    IReadOnlyList<string>? Components = null, IReadOnlyList<string>? QuickComponents = null)
{
    public override string ToString() => FormattableString.Invariant(Kind switch
    {
        LoadKind.Arrivals => (FormattableString)$"{RatePerSecond:0.#} requests a second, {SearchShare:0 %} of them searches",
        LoadKind.Overload => $"what {Clients} clients can be given, then ten times as much, then half of it",
        LoadKind.Replay => $"{Clients} clients book and cancel what a hotel's guests did ({(File is null ? FormattableString.Invariant($"made up, skew {Skew:0.##}") : "the published file")})",
        LoadKind.Pairs => $"{RatePerSecond:0.#} bookings a second, in {Pairs} pairs of stretches with and without trouble",
        LoadKind.Detectors => $"nobody; periods divided by {Compress:0.#}",
        LoadKind.Payers => $"{Clients} customers who pay and take back without a pause",
        _ => $"{Clients} customers who book, hold, pay, cancel and think",
    });

    public IEnumerable<string> FindWrong()
    {
        if (Clients is < 1 or > 256)
            yield return "load.clients: 1 to 256.";
        if (RatePerSecond is < 0.1 or > 20_000)
            yield return "load.ratePerSecond: 0.1 to 20,000.";
        if (SearchShare is < 0 or > 1)
            yield return "load.searchShare: 0 to 1.";
        if (Skew is < 0 or > 5)
            yield return "load.skew: 0 to 5.";
        if (Pairs is < 2 or > 1_000)
            yield return "load.pairs: 2 to 1,000.";
        if (Compress is < 1 or > 20)
            yield return "load.compress: 1 to 20.";
        if (File is not null && !System.IO.File.Exists(File))
            yield return $"load.file: {File} does not exist.";
    }
}

/// <summary>How the clients of a trial behave.</summary>
internal enum LoadKind
{
    /// <summary>Book, hold, pay, cancel and think; go on when they are answered.</summary>
    Customers,

    /// <summary>Pay and take back without a pause.</summary>
    Payers,

    /// <summary>Come at a rate, whether or not those before them were answered.</summary>
    Arrivals,

    /// <summary>Ten times as many as can be carried.</summary>
    Overload,

    /// <summary>Book and cancel what a hotel's guests did, and repeat once, by key, what was not answered.</summary>
    Replay,

    /// <summary>Book in stretches with and without trouble by turns.</summary>
    Pairs,

    /// <summary>Nobody: components are killed, and detectors watched.</summary>
    Detectors,
}
