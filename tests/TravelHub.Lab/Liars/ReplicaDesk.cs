using System.Net.Http.Json;
using TravelHub.Lab.Instances;

namespace TravelHub.Lab.Liars;

/// <summary>What operators and researchers ask of the gateway about replicas.</summary>
internal sealed class ReplicaDesk(LabInstance instance) : IDisposable
{
    private readonly HttpClient _operator = instance.WithKey(instance.OperatorKey);
    private readonly HttpClient _researcher = instance.WithKey(instance.ResearcherKey);

    public async Task<IReadOnlyList<Replica>> All(CancellationToken cancellationToken) =>
        (await _operator.GetFromJsonAsync<Replicas>("/v1/payments/replicas", cancellationToken))!.Data;

    /// <summary>Returns when all silos act on it.</summary>
    public async Task Lie(string replica, string kind, int parameter, CancellationToken cancellationToken)
    {
        using var answer = await _researcher.PutAsJsonAsync($"/v1/faults/replicas/{replica}", new { kind, parameter }, cancellationToken);
        answer.EnsureSuccessStatusCode();
    }

    /// <summary>The replica is honest again.</summary>
    public async Task Reform(string replica, CancellationToken cancellationToken)
    {
        using var honest = await _researcher.DeleteAsync($"/v1/faults/replicas/{replica}", cancellationToken);
        honest.EnsureSuccessStatusCode();
    }

    /// <summary>It has its vote back.</summary>
    public async Task Reinstate(string replica, CancellationToken cancellationToken)
    {
        using var back = await _operator.PostAsync($"/v1/payments/replicas/{replica}/reinstatement", content: null, cancellationToken);
        back.EnsureSuccessStatusCode();
    }

    public void Dispose()
    {
        _operator.Dispose();
        _researcher.Dispose();
    }

    /// <summary>As the gateway tells it.</summary>
    internal sealed record Replica(string Name, string Status, DateTimeOffset? Since, string? Why)
    {
        public bool IsVoting => Status == "voting";
    }

    private sealed record Replicas(IReadOnlyList<Replica> Data);
}
