using System.Reflection;
using Microsoft.Extensions.Options;
using TravelHub.Api.Cluster;
using TravelHub.Api.Resilience;
using TravelHub.Grains.Abstractions.Monitoring;

namespace TravelHub.Api.Tests.Monitoring;

/// <summary>The monitoring grains of a cluster, each of which answers as its key says.</summary>
public class StubGrains : DispatchProxy
{
    private Func<long, Task> _answer = null!;

    internal static ClusterCalls Of(Func<long, Task> answer, TimeProvider time, CallOptions? calls = null)
    {
        var grains = Create<IGrainFactory, StubGrains>();
        ((StubGrains)(object)grains)._answer = answer;
        var gate = new ClusterGate();
        gate.Open();
        return new ClusterCalls(grains, gate, new DependencyPipelines(Options.Create(new BreakerOptions()), Options.Create(calls ?? new CallOptions()), time));
    }

    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args) => StubMonitoring.Of((long)args![0]!, _answer);

    public class StubMonitoring : DispatchProxy
    {
        private long _key;
        private Func<long, Task> _answer = null!;

        internal static IMonitoringGrain Of(long key, Func<long, Task> answer)
        {
            var monitoring = Create<IMonitoringGrain, StubMonitoring>();
            (((StubMonitoring)(object)monitoring)._key, ((StubMonitoring)(object)monitoring)._answer) = (key, answer);
            return monitoring;
        }

        protected override object? Invoke(MethodInfo? targetMethod, object?[]? args) => _answer(_key);
    }
}
