using TravelHub.Lab.Faults;
using TravelHub.Lab.Instances;
using TravelHub.Lab.Workload;

namespace TravelHub.Lab.Payments;

/// <summary>Customers who do nothing but pay, while the silos and the provider die and come back, until so many attempts were made.</summary>
internal sealed class PaymentsRun(LabSite site, LabLoad load, long attempts, TimeSpan every, Action<string> say, TimeProvider time)
{
    private static readonly TimeSpan Poll = TimeSpan.FromSeconds(1);

    private readonly List<Fault> _played = [];

    public async Task<PaymentsReport> Run(CancellationToken cancellationToken)
    {
        var outcome = await new LabRun(site, load with { Mix = LabMix.Payments }, say, time).Run(
            (instance, _, history) => Play(instance, history, cancellationToken), cancellationToken);
        return new PaymentsReport(
            load.Seed, site.Plant, attempts, every.TotalSeconds, load.Clients,
            _played.CountBy(fault => fault.Kind).ToDictionary(kind => kind.Key.ToString(), kind => kind.Value), outcome);
    }

    private async Task Play(LabInstance instance, History history, CancellationToken cancellationToken)
    {
        var player = new FaultPlayer(instance, say, time);
        var round = every * FaultSchedule.Payments.Count;
        for (var seed = load.Seed; history.PaymentAttempts < attempts; seed++)
        {
            var faults = FaultSchedule.Draw(FaultSchedule.Payments, seed, round + (every / 2), every, LabInstance.Silos);
            _played.AddRange(await player.Play(faults, round, cancellationToken));
            say($"{history.PaymentAttempts} attempts to pay");
        }
    }
}
