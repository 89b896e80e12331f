using TravelHub.Client.Processes;
using TravelHub.Lab.Faults;
using TravelHub.Lab.Instances;

namespace TravelHub.Lab.Dependencies;

/// <summary>
/// Brings an ailment to what the service leans on: components fail at the silos' own door, silos by signals, and what is reached over a connection by a proxy
/// on it.
/// </summary>
internal sealed class Patients(LabInstance instance, ComponentSwitches switches, Proxies proxies, TimeProvider time)
{
    public const string Silos = "silos";

    /// <summary>All that can be made ill.</summary>
    public static readonly IReadOnlyList<string> All = ["search", "inventory", "reservations", "payments", "analytics", "provider", "redis", "postgres", Silos];

    private const int Components = 5;
    private const int SlowMilliseconds = 500;

    private static readonly TimeSpan FlapPeriod = TimeSpan.FromSeconds(2);

    /// <summary>It is ill until the result is disposed of.</summary>
    public async Task<IAsyncDisposable> MakeIll(string name, Ailment ailment, CancellationToken cancellationToken)
    {
        if (ailment == Ailment.Flapping)
            return new Flapping(name, this, time);
        if (name == Silos && ailment == Ailment.Slow)
            return await Each(All.Take(Components), component => MakeIll(component, ailment, cancellationToken));
        if (name == Silos)
            return await Each(Enumerable.Range(1, LabInstance.Silos), silo => Task.FromResult(Stop(silo, ailment)));
        if (proxies.Of(name) is { } proxy)
            return Disturb(proxy, ailment);
        await switches.Fail(name, ailment == Ailment.Dead ? "dead" : ailment == Ailment.Hung ? "hung" : "slow", SlowMilliseconds, cancellationToken);
        return new Cure(() => switches.Mend(name, CancellationToken.None));
    }

    private static async Task<IAsyncDisposable> Each<T>(IEnumerable<T> each, Func<T, Task<IAsyncDisposable>> makeIll)
    {
        var cures = new List<IAsyncDisposable>();
        foreach (var one in each)
            cures.Add(await makeIll(one));
        return new Cure(async () =>
        {
            foreach (var cure in cures)
                await cure.DisposeAsync();
        });
    }

    private IAsyncDisposable Stop(int silo, Ailment ailment)
    {
        var process = instance.Silo(silo);
        if (ailment == Ailment.Hung)
        {
            Blow.MustHit(Signals.Pause(process), FormattableString.Invariant($"The pause of silo-{silo}"));
            return Cured(() => Signals.Continue(process));
        }

        var held = instance.HoldBack(FormattableString.Invariant($"silo-{silo}"));
        Blow.MustHit(Signals.End(process), FormattableString.Invariant($"The death of silo-{silo}"));
        return Cured(held.Dispose);
    }

    private static Cure Disturb(TcpProxy proxy, Ailment ailment)
    {
        switch (ailment)
        {
            case Ailment.Dead:
                proxy.IsDead = true;
                return Cured(() => proxy.IsDead = false);
            case Ailment.Hung:
                proxy.IsHung = true;
                return Cured(() => proxy.IsHung = false);
            default:
                proxy.Delay = TimeSpan.FromMilliseconds(SlowMilliseconds) / 2;   // there and back
                return Cured(() => proxy.Delay = TimeSpan.Zero);
        }
    }

    private static Cure Cured(Action cure) => new(() =>
    {
        cure();
        return Task.CompletedTask;
    });

    private sealed class Cure(Func<Task> cure) : IAsyncDisposable
    {
        public async ValueTask DisposeAsync() => await cure();
    }

    /// <summary>Processes that are killed don't come back in two seconds: silos stand still instead.</summary>
    private sealed class Flapping : IAsyncDisposable
    {
        private readonly CancellationTokenSource _isOver = new();
        private readonly Task _flapping;

        public Flapping(string name, Patients patients, TimeProvider time) => _flapping = Run(name, patients, time);

        public async ValueTask DisposeAsync()
        {
            await _isOver.CancelAsync();
            await _flapping;
            _isOver.Dispose();
        }

        private async Task Run(string name, Patients patients, TimeProvider time)
        {
            while (!_isOver.IsCancellationRequested)
            {
                await using (await patients.MakeIll(name, name == Silos ? Ailment.Hung : Ailment.Dead, CancellationToken.None))
                    await Task.Delay(FlapPeriod, time, _isOver.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                await Task.Delay(FlapPeriod, time, _isOver.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }
}
