using Microsoft.Extensions.Logging;
using Orleans.Concurrency;
using Orleans.Runtime.Services;
using Orleans.Services;

namespace TravelHub.Grains.Operations;

/// <summary>Speaks for one silo: it answers as long as the silo does, whatever its grains do.</summary>
[Alias("travelhub.silo-agent")]
internal interface ISiloAgent : IGrainService
{
    [Alias("echo"), AlwaysInterleave]
    Task Echo();
}

/// <inheritdoc cref="ISiloAgent"/>
internal sealed class SiloAgent(GrainId id, Silo silo, ILoggerFactory logging) : GrainService(id, silo, logging), ISiloAgent
{
    public Task Echo() => Task.CompletedTask;
}

/// <summary>Reaches the agent of a silo of one's choice.</summary>
internal sealed class SiloAgents(IServiceProvider services) : GrainServiceClient<ISiloAgent>(services)
{
    /// <returns>Whether the silo answers within this time; one that can't be reached doesn't.</returns>
    public async Task<bool> Answers(SiloAddress silo, TimeSpan within, TimeProvider time)
    {
        try
        {
            await GetGrainService(silo).Echo().WaitAsync(within, time);
            return true;
        }
        catch (Exception)
        {
            return false;   // whatever went wrong, there was no answer
        }
    }
}
