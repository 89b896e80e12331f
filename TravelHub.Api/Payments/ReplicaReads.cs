using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using TravelHub.Api.Cluster;
using TravelHub.Grains.Abstractions.Payments;

namespace TravelHub.Api.Payments;

/// <summary>The payment replicas of all groups: for the API and the console alike.</summary>
internal sealed class ReplicaReads(ClusterCalls cluster)
{
    public async ValueTask<IReadOnlyList<ReplicaAnswer>> Read(CancellationToken cancellationToken)
    {
        var replicas = await cluster.Call(grains => grains.GetGrain<IReplicaHealthGrain>(0).AllReplicas(), cancellationToken);
        return [.. replicas.Select(ReplicaAnswer.Of)];
    }
}

/// <summary>A replica, for people and programs.</summary>
/// <param name="Name"><c>group/number</c>.</param>
/// <param name="Status"><c>voting</c> or <c>quarantined</c>.</param>
/// <param name="Seen">How often each kind of behaviour was seen.</param>
public sealed record ReplicaAnswer(
    string Name, string Status, string? Silo, DateTimeOffset? Since, string? Why, IReadOnlyDictionary<string, long> Seen,
    int MatchingInARow, int MatchingNeeded, int Quarantines)
{
    [JsonIgnore]
    public bool IsVoting => Status == "voting";

    /// <summary>Its group, and its number there.</summary>
    [JsonIgnore]
    public (int Group, int Number) Place => Name.Split('/') is [var group, var number]
        ? (int.Parse(group, CultureInfo.InvariantCulture), int.Parse(number, CultureInfo.InvariantCulture))
        : throw new InvalidOperationException($"{Name} is no replica.");

    public static ReplicaAnswer Of(ReplicaView replica) => new(
        $"{replica.Group}/{replica.Number}", replica.IsVoting ? "voting" : "quarantined", replica.Silo, replica.Since, replica.Why,
        replica.Seen.OrderBy(s => s.Key).ToDictionary(s => JsonNamingPolicy.CamelCase.ConvertName(s.Key.ToString()), s => s.Value),
        replica.MatchingInARow, replica.MatchingNeeded, replica.Quarantines);
}
