namespace TravelHub.Lab.Faults;

/// <summary>Draws the faults of a run. Pure: the same seed, times and silos give the same schedule.</summary>
internal static class FaultSchedule
{
    // Drawn without putting back, so that a short run has all of them too.
    private static readonly FaultKind[] Bag =
    [
        FaultKind.KillSilo, FaultKind.KillSilo, FaultKind.PauseSilo, FaultKind.PauseSilo, FaultKind.KillPostgres, FaultKind.KillPostgresAndSilo,
    ];

    /// <summary>The shortest pause is over before the silo's death is declared (about 6 s), most are not.</summary>
    private static readonly (double From, double Until) PauseSeconds = (5, 25);

    private static readonly (double From, double Until) SiloAfterDatabaseSeconds = (0.05, 0.5);

    /// <param name="duration">How long the load lasts; no fault begins in its last half period.</param>
    /// <param name="every">The time between two faults.</param>
    public static IReadOnlyList<Fault> Draw(int seed, TimeSpan duration, TimeSpan every, int silos)
    {
        var random = new Random(seed);
        var faults = new List<Fault>();
        var bag = new Queue<FaultKind>();
        var (sleeper, awakeAt) = (0, TimeSpan.Zero);
        for (var at = every; at <= duration - (every / 2); at += every)
        {
            if (bag.Count == 0)
                bag = Shuffled(random);
            var kind = bag.Dequeue();
            var silo = random.Next(silos) + 1;
            // A silo that stands still already is no fault.
            if (kind == FaultKind.PauseSilo && silo == sleeper && at < awakeAt)
                silo = (silo % silos) + 1;
            var fault = new Fault(at, kind, kind == FaultKind.KillPostgres ? 0 : silo, Length(random, kind));
            if (kind == FaultKind.PauseSilo)
                (sleeper, awakeAt) = (silo, at + fault.Length);
            faults.Add(fault);
        }

        return faults;
    }

    private static Queue<FaultKind> Shuffled(Random random)
    {
        var kinds = Bag.ToArray();
        random.Shuffle(kinds);
        return new Queue<FaultKind>(kinds);
    }

    private static TimeSpan Length(Random random, FaultKind kind)
    {
        var (from, until) = kind switch
        {
            FaultKind.PauseSilo => PauseSeconds,
            FaultKind.KillPostgresAndSilo => SiloAfterDatabaseSeconds,
            _ => (0, 0),
        };
        return TimeSpan.FromSeconds(from + ((until - from) * random.NextDouble()));
    }
}
