namespace TravelHub.Client.Replay;

/// <summary>Counts the rows that are not sent, by kind, and remembers where the first of each kind stand.</summary>
internal sealed class OddTally
{
    private const int LinesKept = 5;

    private static readonly OddKinds[] Single = [OddKinds.NoNight, OddKinds.NoAdult, OddKinds.NegativeRate, OddKinds.Unreadable];

    private readonly Dictionary<OddKinds, (int Rows, List<string> First)> _kinds = Single.ToDictionary(kind => kind, _ => (0, new List<string>()));

    /// <summary>Odd rows; fewer than the sum over the kinds when a row is odd in several ways.</summary>
    public int Rows { get; private set; }

    public int Of(OddKinds kind) => _kinds[kind].Rows;

    public IReadOnlyList<string> First(OddKinds kind) => _kinds[kind].First;

    /// <summary>Each kind by its name, in the order in which they are reported.</summary>
    public static IEnumerable<(OddKinds Kind, string Name)> Kinds =>
    [
        (OddKinds.NoNight, "no night"),
        (OddKinds.NoAdult, "no adult"),
        (OddKinds.NegativeRate, "negative rate"),
        (OddKinds.Unreadable, "unreadable"),
    ];

    /// <param name="why">What is wrong with it, when the kind alone does not say it.</param>
    public void Add(int line, OddKinds kinds, string? why = null)
    {
        if (kinds == OddKinds.None)
            return;
        Rows++;
        foreach (var kind in Single)
        {
            if (!kinds.HasFlag(kind))
                continue;
            var (rows, first) = _kinds[kind];
            if (first.Count < LinesKept)
                first.Add(why is null ? $"line {line}" : $"line {line}: {why}");
            _kinds[kind] = (rows + 1, first);
        }
    }
}
