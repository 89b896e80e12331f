using TravelHub.Load.Schedule;

namespace TravelHub.Load.Reporting;

/// <summary>All that a run found. Requests of the warm-up are only in <see cref="WarmUpRequests"/>.</summary>
public sealed record LoadReport
{
    /// <summary>The run's name.</summary>
    public required string Run { get; init; }

    /// <summary>Gives the same schedule again.</summary>
    public required int Seed { get; init; }

    /// <summary>When the run began, with its warm-up.</summary>
    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>Whether it was ended before its schedule.</summary>
    public required bool IsCut { get; init; }

    /// <inheritdoc cref="LoadOptions.Arrivals"/>
    public required ArrivalPattern Arrivals { get; init; }

    /// <inheritdoc cref="LoadOptions.Rooms"/>
    public required RoomsMode Rooms { get; init; }

    /// <inheritdoc cref="LoadOptions.RoomTypes"/>
    public required int RoomTypes { get; init; }

    /// <inheritdoc cref="LoadOptions.SearchShare"/>
    public required double SearchShare { get; init; }

    /// <inheritdoc cref="LoadOptions.MaxInFlight"/>
    public required int MaxInFlight { get; init; }

    /// <summary>Requests before the figures begin.</summary>
    public required long WarmUpRequests { get; init; }

    /// <summary>How long measured requests were due.</summary>
    public required double MeasuredSeconds { get; init; }

    /// <summary>The rate that was asked for.</summary>
    public required double AskedPerSecond { get; init; }

    /// <summary>The rate of the schedule: chance makes it a little more or less than the one asked for.</summary>
    public required double DuePerSecond { get; init; }

    /// <summary>The rate at which requests went out. Below <see cref="DuePerSecond"/> when the cap held some, or the generator was too slow.</summary>
    public required double SentPerSecond { get; init; }

    /// <summary>Those of them that were answered, over the same time.</summary>
    public required double AnsweredPerSecond { get; init; }

    /// <summary>Requests whose time came: sent or never sent.</summary>
    public required long Due { get; init; }

    /// <summary>Requests sent: answered, indeterminate or unreachable.</summary>
    public required long Sent { get; init; }

    /// <summary>Requests answered, whatever the answer.</summary>
    public required long Answered { get; init; }

    /// <summary>Answers by HTTP status.</summary>
    public required IReadOnlyDictionary<int, long> ByStatus { get; init; }

    /// <summary>Requests sent without an answer. The target may have carried them out: no failures, only unknown.</summary>
    public required long Indeterminate { get; init; }

    /// <summary>Requests for which no connection could be made.</summary>
    public required long Unreachable { get; init; }

    /// <summary>Requests that the cap held until the run was over.</summary>
    public required long NeverSent { get; init; }

    /// <summary>Requests that the cap on requests in flight held, for a while or for good. Their wait is in their latency.</summary>
    public required long Held { get; init; }

    /// <summary>Why requests were not answered, and how often; the first ten reasons met.</summary>
    public required IReadOnlyDictionary<string, long> Reasons { get; init; }

    /// <summary>Of all requests due, from their intended start. Those without an answer count with the time after which they were given up.</summary>
    public required LatencySummary? Latency { get; init; }

    /// <summary>Of those answered with 2xx.</summary>
    public required LatencySummary? SucceededLatency { get; init; }

    /// <summary>Of all bookings.</summary>
    public required LatencySummary? BookingLatency { get; init; }

    /// <summary>Of all searches.</summary>
    public required LatencySummary? SearchLatency { get; init; }

    /// <summary>How much later than intended requests were sent. Without held ones it is the generator's own share of the latency.</summary>
    public required LatencySummary? StartLag { get; init; }

    /// <summary>Each second in which a request was due.</summary>
    public required IReadOnlyList<SecondReport> Timeline { get; init; }
}
