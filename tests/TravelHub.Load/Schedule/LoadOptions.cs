namespace TravelHub.Load.Schedule;

/// <summary>What load is made.</summary>
public sealed record LoadOptions
{
    /// <summary>The most requests that a schedule may hold.</summary>
    public const int MaxRequests = 20_000_000;

    /// <summary>The name of the run, of which every idempotency key is made.</summary>
    /// <value>Required; 1 to 60 letters, digits or '-'. A name used before makes the target answer what it has answered before.</value>
    public required string Run { get; init; }

    /// <summary>What all chance of the run comes from.</summary>
    public required int Seed { get; init; }

    /// <summary>Requests that arrive each second, on average.</summary>
    /// <value>Default 50; 0.1 to 20,000.</value>
    public double RatePerSecond { get; init; } = 50;

    /// <summary>How arrivals are spread.</summary>
    /// <value>Default <see cref="ArrivalPattern.Poisson"/>.</value>
    public ArrivalPattern Arrivals { get; init; } = ArrivalPattern.Poisson;

    /// <summary>How long what is measured goes on, from the end of the warm-up.</summary>
    /// <value>Default 30 s; 1 s to 6 h.</value>
    public TimeSpan Duration { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How long requests arrive before the figures begin.</summary>
    /// <value>Default 5 s; 0 to 1 h.</value>
    public TimeSpan WarmUp { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Which rooms are booked.</summary>
    /// <value>Default <see cref="RoomsMode.Uniform"/>.</value>
    public RoomsMode Rooms { get; init; } = RoomsMode.Uniform;

    /// <summary>How many room types there are.</summary>
    /// <value>Default 1,000; 1 to 1,000,000. The target's catalogue must hold them, or bookings are refused.</value>
    public int RoomTypes { get; init; } = 1_000;

    /// <summary>The part of the requests that are searches.</summary>
    /// <value>Default 0; 0 to 1.</value>
    public double SearchShare { get; init; }

    /// <summary>The most requests that are under way at once. The next one waits, and the wait is part of its latency.</summary>
    /// <value>Default 1,000; 1 to 20,000. Below rate × latency it holds requests back, and the report says how many.</value>
    public int MaxInFlight { get; init; } = 1_000;

    /// <summary>How long a request that was sent waits for its answer, and how long after the schedule's end a held one may still be sent.</summary>
    /// <value>Default 30 s; 100 ms to 5 min. Shorter than the target's slowest answer turns that into "indeterminate".</value>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Whether each request is remembered, for <see cref="Running.LoadRun.History"/>.</summary>
    /// <value>Default true. About 300 bytes a request.</value>
    public bool KeepHistory { get; init; } = true;

    /// <summary>Names everything that is out of range; empty when nothing is.</summary>
    public IReadOnlyList<string> FindWrong()
    {
        var wrong = new List<string>();
        Require(Run.Length is >= 1 and <= 60 && Run.All(c => char.IsAsciiLetterOrDigit(c) || c == '-'), "The run's name must be 1 to 60 letters, digits or '-'.");
        Require(RatePerSecond is >= 0.1 and <= 20_000, "The rate must be 0.1 to 20,000 requests a second.");
        Require(Duration >= TimeSpan.FromSeconds(1) && Duration <= TimeSpan.FromHours(6), "The duration must be 1 s to 6 h.");
        Require(WarmUp >= TimeSpan.Zero && WarmUp <= TimeSpan.FromHours(1), "The warm-up must be 0 to 1 h.");
        Require(RoomTypes is >= 1 and <= 1_000_000, "The room types must be 1 to 1,000,000.");
        Require(SearchShare is >= 0 and <= 1, "The share of searches must be 0 to 1.");
        Require(MaxInFlight is >= 1 and <= 20_000, "The requests in flight must be 1 to 20,000.");
        Require(Timeout >= TimeSpan.FromMilliseconds(100) && Timeout <= TimeSpan.FromMinutes(5), "The time-out must be 100 ms to 5 min.");
        Require(RatePerSecond * (WarmUp + Duration).TotalSeconds <= MaxRequests, $"Rate × (warm-up + duration) must be at most {MaxRequests:N0} requests.");
        return wrong;

        void Require(bool isRight, string otherwise)
        {
            if (!isRight)
                wrong.Add(otherwise);
        }
    }
}
