namespace TravelHub.Grains.Abstractions.Reservations;

/// <summary>Wakes the unfinished reservations of one shard. Its permanent reminder is the alarm clock for all of them.</summary>
[Alias("travelhub.recovery")]
public interface IRecoveryGrain : IGrainWithIntegerKey
{
    /// <summary>Arranges the permanent reminder; harmless to repeat.</summary>
    [Alias("start")]
    Task Start();

    /// <summary>Resumes what is due now.</summary>
    /// <returns>How many reservations were woken.</returns>
    [Alias("run")]
    Task<int> Run();
}
