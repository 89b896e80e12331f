using Microsoft.Extensions.Hosting;
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

    /// <returns>False from the moment in which the silo is told to stop: what it keeps for others goes with it, though it answers still.</returns>
    [Alias("is-staying"), AlwaysInterleave]
    Task<bool> IsStaying();

    /// <summary>Has the silo stop in order: its grains finish what they do and go elsewhere. Answers at once.</summary>
    [Alias("stop"), AlwaysInterleave]
    Task StopHost();
}

/// <inheritdoc cref="ISiloAgent"/>
internal sealed class SiloAgent(GrainId id, Silo silo, ILoggerFactory logging, IHostApplicationLifetime host) : GrainService(id, silo, logging), ISiloAgent
{
    public Task Echo() => Task.CompletedTask;

    public Task<bool> IsStaying() => Task.FromResult(!host.ApplicationStopping.IsCancellationRequested);

    public Task StopHost()
    {
        _ = Task.Run(host.StopApplication);   // who asked hears of it first
        return Task.CompletedTask;
    }
}

/// <summary>Reaches the agent of a silo of one's choice.</summary>
internal sealed class SiloAgents(IServiceProvider services) : GrainServiceClient<ISiloAgent>(services)
{
    /// <inheritdoc cref="ISiloAgent.StopHost"/>
    public Task Stop(SiloAddress silo) => GetGrainService(silo).StopHost();

    /// <inheritdoc cref="ISiloAgent.StopHost"/>
    /// <returns>Whether the silo says within this time that it stops.</returns>
    public Task<bool> Stops(SiloAddress silo, TimeSpan within, TimeProvider time) => Says(IsTold(silo), within, time);

    /// <returns>Whether the silo answers within this time; one that can't be reached doesn't.</returns>
    public Task<bool> Answers(SiloAddress silo, TimeSpan within, TimeProvider time) => Says(Echoes(silo), within, time);

    /// <returns>Whether the silo answers within this time, and that it is not on its way out.</returns>
    public Task<bool> Stays(SiloAddress silo, TimeSpan within, TimeProvider time) => Says(GetGrainService(silo).IsStaying(), within, time);

    private async Task<bool> Echoes(SiloAddress silo)
    {
        await GetGrainService(silo).Echo();
        return true;
    }

    private async Task<bool> IsTold(SiloAddress silo)
    {
        await Stop(silo);
        return true;
    }

    private static async Task<bool> Says(Task<bool> answer, TimeSpan within, TimeProvider time)
    {
        try
        {
            return await answer.WaitAsync(within, time);
        }
        catch (Exception)
        {
            return false;   // whatever went wrong, there was no answer
        }
    }
}
