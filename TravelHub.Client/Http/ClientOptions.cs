namespace TravelHub.Client.Http;

/// <summary>How patient a <see cref="TravelHubClient"/> is.</summary>
internal sealed record ClientOptions
{
    /// <summary>How long one call is repeated before it is given up, so that a killed silo shows as latency and not as an error.</summary>
    /// <value>Default 60 s. Shorter than the recovery of a silo or database turns that into errors.</value>
    public TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>How often one call is sent at most.</summary>
    /// <value>Default as often as <see cref="Patience"/> allows; at least 1.</value>
    public int MostAttempts { get; init; } = int.MaxValue;

    /// <summary>How long one attempt waits for its answer.</summary>
    /// <value>Default 15 s. Longer than the gateway takes to answer "pending", or a slow booking is only ever repeated.</value>
    public TimeSpan AttemptTimeout { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>How long a pending reservation is asked for its outcome.</summary>
    /// <value>Default 2 min. It ends in any case, but not always so soon.</value>
    public TimeSpan PendingPatience { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>Connections to the gateway.</summary>
    /// <value>Default 64. Fewer than concurrent callers makes them queue, and their latency the client's own.</value>
    public int MaxConnections { get; init; } = 64;
}
