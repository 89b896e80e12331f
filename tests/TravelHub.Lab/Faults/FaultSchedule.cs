namespace TravelHub.Lab.Faults;

/// <summary>Draws the faults of a run. Pure: the same seed, times and silos give the same schedule.</summary>
internal static class FaultSchedule
{
    /// <summary>Everything that a soak breaks.</summary>
    public static readonly IReadOnlyList<FaultKind> Soak =
    [
        FaultKind.KillSilo, FaultKind.KillSilo, FaultKind.PauseSilo, FaultKind.PauseSilo, FaultKind.KillPostgres, FaultKind.KillPostgresAndSilo,
    ];

    /// <summary>What may double a payment.</summary>
    public static readonly IReadOnlyList<FaultKind> Payments = [FaultKind.KillProvider, FaultKind.KillSilo, FaultKind.PauseSilo, FaultKind.KillProvider, FaultKind.KillSilo];

    /// <summary>The shortest pause is over before the silo's death is declared (about 6 s), most are not.</summary>
    private static readonly (double From, double Until) PauseSeconds = (5, 25);

    private static readonly (double From, double Until) SiloAfterDatabaseSeconds = (0.05, 0.5);

    /// <summary>While the first of a pair lasts, or while what it left is being taken up.</summary>
    private static readonly (double From, double Until) SecondOfAPairAfterSeconds = (0.1, 8);

    /// <param name="bag">Drawn from without putting back, so that a short run has all of them too.</param>
    /// <param name="duration">How long the load lasts; no fault begins in its last half period.</param>
    /// <param name="every">The time between two faults, or two pairs of them.</param>
    /// <param name="inPairs">Whether another fault follows each before all is well again.</param>
    public static IReadOnlyList<Fault> Draw(IReadOnlyList<FaultKind> bag, int seed, TimeSpan duration, TimeSpan every, int silos, bool inPairs = false)
    {
        var random = new Random(seed);
        var faults = new List<Fault>();
        var left = new Queue<FaultKind>();
        var awakeAt = new TimeSpan[silos + 1];
        foreach (var at in Times(random, duration, every, inPairs))
        {
            if (left.Count == 0)
                left = Shuffled(bag, random);
            var kind = left.Dequeue();
            var silo = random.Next(silos) + 1;
            // A silo that stands still already is no fault; where all do, so be it.
            for (var i = 0; i < silos && kind == FaultKind.PauseSilo && at < awakeAt[silo]; i++)
                silo = (silo % silos) + 1;
            var fault = new Fault(at, kind, kind is FaultKind.KillPostgres or FaultKind.KillProvider ? 0 : silo, Length(random, kind));
            if (kind == FaultKind.PauseSilo)
                awakeAt[silo] = at + fault.Length;
            faults.Add(fault);
        }

        return faults;
    }

    private static IEnumerable<TimeSpan> Times(Random random, TimeSpan duration, TimeSpan every, bool inPairs)
    {
        for (var at = every; at <= duration - (every / 2); at += every)
        {
            yield return at;
            if (inPairs)
                yield return at + Between(random, SecondOfAPairAfterSeconds);
        }
    }

    private static TimeSpan Between(Random random, (double From, double Until) seconds) =>
        TimeSpan.FromSeconds(seconds.From + ((seconds.Until - seconds.From) * random.NextDouble()));

    private static Queue<FaultKind> Shuffled(IReadOnlyList<FaultKind> bag, Random random)
    {
        var kinds = bag.ToArray();
        random.Shuffle(kinds);
        return new Queue<FaultKind>(kinds);
    }

    private static TimeSpan Length(Random random, FaultKind kind) => Between(random, kind switch
    {
        FaultKind.PauseSilo => PauseSeconds,
        FaultKind.KillPostgresAndSilo => SiloAfterDatabaseSeconds,
        _ => (0, 0),
    });
}
