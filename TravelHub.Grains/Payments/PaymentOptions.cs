using System.ComponentModel.DataAnnotations;

namespace TravelHub.Grains.Payments;

/// <summary>Votes and the provider.</summary>
public sealed class PaymentOptions : IValidatableObject
{
    /// <summary>Where the payment provider is reached.</summary>
    [Required]
    public Uri? ProviderUrl { get; set; }

    /// <summary>The merchant's secret at the provider.</summary>
    [Required, MinLength(1)]
    public string ProviderKey { get; set; } = "";

    /// <summary>How long one request to the provider may take; then its outcome is unknown and it is repeated under the same id.</summary>
    /// <value>Default 4 s; 100 ms to 1 min.</value>
    [Range(typeof(TimeSpan), "00:00:00.100", "00:01:00")]
    public TimeSpan ProviderTimeout { get; set; } = TimeSpan.FromSeconds(4);

    /// <summary>How long a vote listens to its replicas. Without three equal verdicts by then nothing is charged.</summary>
    /// <value>Default 2 s; 10 ms to 30 s. Longer than <see cref="LateAfter"/> and <see cref="OmittedAfter"/> together.</value>
    [Range(typeof(TimeSpan), "00:00:00.010", "00:00:30")]
    public TimeSpan VoteTimeout { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>After how long a replica's answer is missed, and it is asked whether it can be reached.</summary>
    /// <value>Default 100 ms; 1 ms to 10 s. Too short, and a busy machine asks its silos often; nobody is accused by it alone.</value>
    [Range(typeof(TimeSpan), "00:00:00.001", "00:00:10")]
    public TimeSpan LateAfter { get; set; } = TimeSpan.FromMilliseconds(100);

    /// <summary>How long after its answer to that a replica is late; then it has omitted its answer.</summary>
    /// <value>Default 100 ms; 1 ms to 10 s.</value>
    [Range(typeof(TimeSpan), "00:00:00.001", "00:00:10")]
    public TimeSpan OmittedAfter { get; set; } = TimeSpan.FromMilliseconds(100);

    /// <summary>How long after its first answer from a silo, or after any silo went or came, a replica may be late without being accused.</summary>
    /// <value>Default 5 s; 0 to 1 min. A silent replica is found that much later after a start, or after a silo was taken away.</value>
    [Range(typeof(TimeSpan), "00:00:00", "00:01:00")]
    public TimeSpan SettlesWithin { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>How long a replica must have been out of reach, though all silos answer, before that is an omission of its own.</summary>
    /// <value>Default 8 s; 0 to 1 min. Longer than a silo that hangs takes to be declared dead (6 s): until then it may hold up the way to others.</value>
    [Range(typeof(TimeSpan), "00:00:00", "00:01:00")]
    public TimeSpan UnreachableFor { get; set; } = TimeSpan.FromSeconds(8);

    /// <summary>The same for a replica that has not answered since a silo went or came: its activation may wait for a placement that hangs with what died.</summary>
    /// <value>Default 35 s; 0 to 5 min. Longer than a call between silos waits for its answer (30 s). A replica that turns silent in the moment in which silos go is found that much later.</value>
    [Range(typeof(TimeSpan), "00:00:00", "00:05:00")]
    public TimeSpan PlacedWithin { get; set; } = TimeSpan.FromSeconds(35);

    /// <summary>How far apart omissions lie that count one by one: what several voters miss in the same moment is missing once.</summary>
    /// <value>Default 150 ms; 0 to 10 s. A silent replica is quarantined after <see cref="OmissionsAllowed"/> times as long at the earliest.</value>
    [Range(typeof(TimeSpan), "00:00:00", "00:00:10")]
    public TimeSpan OmissionsApart { get; set; } = TimeSpan.FromMilliseconds(150);

    /// <summary>How often each group is probed, so that a fault shows without any traffic.</summary>
    /// <value>Default 10 s; 1 s to 1 h. A silent replica is quarantined three probes after it fell silent, the last two <see cref="SuspicionPeriod"/> apart.</value>
    [Range(typeof(TimeSpan), "00:00:01", "01:00:00")]
    public TimeSpan ProbePeriod { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>How often a group is probed while one of its replicas is suspected or in quarantine.</summary>
    /// <value>Default 1 s; 10 ms to <see cref="ProbePeriod"/>.</value>
    [Range(typeof(TimeSpan), "00:00:00.010", "01:00:00")]
    public TimeSpan SuspicionPeriod { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>After how many wrong values, or malformed answers, a replica is quarantined. They need not follow each other: a program that counts right never gives one.</summary>
    /// <value>Default 2; 1 to 1,000.</value>
    [Range(1, 1000)]
    public int WrongValuesAllowed { get; set; } = 2;

    /// <summary>After how many omissions or late answers in a row, each <see cref="OmissionsApart"/> from the last, a replica is quarantined.</summary>
    /// <value>Default 3; 1 to 1,000.</value>
    [Range(1, 1000)]
    public int OmissionsAllowed { get; set; } = 3;

    /// <summary>How many right answers in a row a replica in quarantine gives before it is tested and let back in; twice as many after each relapse, up to sixteen times.</summary>
    /// <value>Default 50; 1 to 100,000.</value>
    [Range(1, 100_000)]
    public int MatchingToReturn { get; set; } = 50;

    /// <summary>How long it stays on record who voted what.</summary>
    /// <value>Default 90 days; 1 h to 10 years.</value>
    [Range(typeof(TimeSpan), "01:00:00", "3650.00:00:00")]
    public TimeSpan VotesKept { get; set; } = TimeSpan.FromDays(90);

    /// <summary>In which currencies a booking can be charged beside its property's own, such as <c>EUR-USD: 1080000</c>: minor units of the second for a million of the first.</summary>
    /// <value>Default none; rates from 1 to 10^12. A rate is frozen with the request: a change concerns new bookings alone.</value>
    public Dictionary<string, long> ExchangeRates { get; } = [];

    /// <summary>How often the books are brought up to the log.</summary>
    /// <value>Default 10 s; 1 s to 1 h.</value>
    [Range(typeof(TimeSpan), "00:00:01", "01:00:00")]
    public TimeSpan LedgerPeriod { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>Groups of five replicas; payments are spread over them.</summary>
    /// <value>Default 3; 1 to 1,024. The same on all silos.</value>
    [Range(1, 1024)]
    public int ReplicaGroups { get; set; } = 3;

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (LateAfter + OmittedAfter >= VoteTimeout)
            yield return new ValidationResult($"{nameof(VoteTimeout)} must be longer than {nameof(LateAfter)} and {nameof(OmittedAfter)} together.");
        foreach (var (pair, rate) in ExchangeRates)
        {
            if (pair.Length != 7 || pair[3] != '-' || rate is < 1 or > 1_000_000_000_000)
                yield return new ValidationResult($"{nameof(ExchangeRates)} takes pairs such as EUR-USD and rates from 1 to 10^12; '{pair}: {rate}' is not one.");
        }

        if (SuspicionPeriod > ProbePeriod)
            yield return new ValidationResult($"{nameof(SuspicionPeriod)} must not be longer than {nameof(ProbePeriod)}.");
    }
}
