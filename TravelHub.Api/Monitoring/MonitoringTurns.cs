using TravelHub.Grains.Abstractions.Monitoring;

namespace TravelHub.Api.Monitoring;

/// <summary>
/// Whose turn it is to be asked. The client sends all calls of one key through the same silo, where a grain without state answers them: that silo may have lost the
/// database while the others have it. So each attempt takes the next key, and comes to another silo after a few of them.
/// </summary>
internal sealed class MonitoringTurns
{
    // Many more than silos, so that hardly all are of one silo; few enough, since a key that was asked once stays in a silo's memory for a while.
    private const uint Keys = 16;

    private uint _turn;

    public IMonitoringGrain Next(IGrainFactory grains) => grains.GetGrain<IMonitoringGrain>(Interlocked.Increment(ref _turn) % Keys);
}
