using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using TravelHub.Grains.Abstractions.Monitoring;

namespace TravelHub.Grains.Monitoring;

/// <summary>Puts on record what Orleans' membership comes to believe of silos. Every silo does; the first one's word is kept.</summary>
internal sealed class MembershipWatch(
    MonitoringStore store, IClusterMembershipService membership, IOptions<MonitoringOptions> options, TimeProvider time, ILogger<MembershipWatch> logger) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (!options.Value.Enabled)
            return;
        try
        {
            await Watch(stoppingToken);
        }
        catch (OperationCanceledException)
        {
            // The silo stops: its membership may end before the word to stop comes here.
        }
    }

    private async Task Watch(CancellationToken stoppingToken)
    {
        var known = new Dictionary<SiloAddress, SiloStatus>();
        await foreach (var snapshot in membership.MembershipUpdates.WithCancellation(stoppingToken))
        {
            foreach (var member in snapshot.Members.Values.OrderBy(m => m.SiloAddress.Generation))
            {
                if (known.GetValueOrDefault(member.SiloAddress) == member.Status)
                    continue;
                known[member.SiloAddress] = member.Status;
                if (member.Status is SiloStatus.Active or SiloStatus.Dead)
                    await Record(member, stoppingToken);
            }
        }
    }

    private async Task Record(ClusterMember member, CancellationToken stoppingToken)
    {
        var state = member.Status == SiloStatus.Dead ? ComponentState.Dead : ComponentState.Alive;
        while (true)
        {
            try
            {
                await store.Record(member.Name, Detector.Membership, from: null, state, member.SiloAddress.Generation, stoppingToken);
                return;
            }
            catch (Exception e) when (!stoppingToken.IsCancellationRequested)
            {
                logger.LogDebug("The membership's word on {Silo} could not be kept; it is tried again: {Error}", member.Name, e.Message);
                await Task.Delay(options.Value.StorePeriod, time, stoppingToken);
            }
        }
    }
}
