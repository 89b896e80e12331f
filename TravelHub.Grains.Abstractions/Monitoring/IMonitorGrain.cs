namespace TravelHub.Grains.Abstractions.Monitoring;

/// <summary>
/// Watches one component; its key is the component's name. Its reminders check heartbeats and send pings, on whichever silo there is, so that a
/// component which takes its monitor with it is missed all the same.
/// </summary>
[Alias("travelhub.monitor")]
public interface IMonitorGrain : IGrainWithStringKey
{
    /// <summary>Arranges the permanent reminders; harmless to repeat, and those that are there keep their time.</summary>
    [Alias("start")]
    Task Start();

    /// <summary>Looks at the last heartbeat now.</summary>
    [Alias("check")]
    Task Check();

    /// <summary>Asks for an echo now.</summary>
    [Alias("ping")]
    Task Ping();
}
