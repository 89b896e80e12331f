using System.Collections.Concurrent;
using TravelHub.Grains.Abstractions.Faults;
using TravelHub.Grains.Abstractions.Payments;

namespace TravelHub.Grains.Faults;

/// <summary>Stands around each replica of a silo and distorts its answers while a fault is on. The replica knows nothing of it.</summary>
internal sealed class LyingReplicas(FaultBoard<ReplicaFault> faults, TimeProvider time) : IIncomingGrainCallFilter
{
    private readonly ConcurrentDictionary<(string Replica, string Input), int> _asked = new();

    public async Task Invoke(IIncomingGrainCallContext context)
    {
        await context.Invoke();
        if (context.InterfaceMethod?.DeclaringType != typeof(IReplicaGrain) || context.Result is not ReplicaAnswer answer)
            return;
        var name = context.TargetId.Key.ToString()!;
        if (faults.Of(name) is not { } fault)
            return;
        if (fault.Kind == ReplicaFaultKind.Silent)
            await faults.UntilOver(name, fault);
        if (fault.Kind == ReplicaFaultKind.Slow)
            await Task.Delay(TimeSpan.FromMilliseconds(fault.Parameter), time);
        context.Result = answer with { Verdicts = [.. answer.Verdicts.Select(v => v is null ? null : Distort(name, v, fault))] };
    }

    private Verdict Distort(string name, Verdict right, ReplicaFault fault) => fault.Kind switch
    {
        ReplicaFaultKind.WrongByFactor => right with { AmountMinor = right.AmountMinor * fault.Parameter },
        ReplicaFaultKind.OffByOne => right with { AmountMinor = right.AmountMinor + 1 },
        ReplicaFaultKind.Malformed => right with { InputHash = new string('0', right.InputHash.Length) },
        ReplicaFaultKind.Equivocating => right with { AmountMinor = right.AmountMinor + _asked.AddOrUpdate((name, right.InputHash), 0, (_, n) => n + 1) },
        ReplicaFaultKind.Colluding => right with { AmountMinor = right.AmountMinor * 2 + fault.Parameter },
        _ => right,
    };
}
