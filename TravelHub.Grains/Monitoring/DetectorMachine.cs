using TravelHub.Grains.Abstractions.Monitoring;

namespace TravelHub.Grains.Monitoring;

/// <summary>What a monitor has before it when it judges.</summary>
/// <param name="Age">Time since the component's last heartbeat; null when there is none in this life of the cluster.</param>
/// <param name="StoreFor">How long the monitor's silo has seen the store without a gap; zero while it is away.</param>
/// <param name="IsWanted">False for a silo that an operator took away.</param>
/// <param name="WantedFor">Time since an operator last asked for a silo to run; null when none did.</param>
internal readonly record struct Reading(TimeSpan? Age, TimeSpan StoreFor, bool IsWanted = true, TimeSpan? WantedFor = null);

/// <summary>
/// Decides what to believe of a component. Nobody is accused until the store has been there for a full stale period: what could not be written is nobody's
/// death. Nobody is missed who was never there, nor who was only just asked to come back.
/// </summary>
internal static class DetectorMachine
{
    /// <summary>By the last heartbeat.</summary>
    /// <returns>What to believe from now on; <paramref name="before"/> when there is no reason to change.</returns>
    public static ComponentState Judge(ComponentState before, Reading reading, MonitoringOptions options) => reading switch
    {
        { StoreFor: var there } when there <= TimeSpan.Zero => before,
        { IsWanted: false } => ComponentState.Away,
        { Age: null } => before,
        { Age: var age } when age <= options.StaleAfter => ComponentState.Alive,
        _ => MayAccuse(reading, options) ? ComponentState.Dead : before,
    };

    /// <summary>By an echo that came, or did not come in time.</summary>
    /// <inheritdoc cref="Judge" path="/returns"/>
    public static ComponentState JudgeEcho(ComponentState before, bool hasAnswered, Reading reading, MonitoringOptions options) => reading switch
    {
        { StoreFor: var there } when there <= TimeSpan.Zero => before,
        { IsWanted: false } => ComponentState.Away,
        _ when hasAnswered => ComponentState.Alive,
        { Age: null } => before,
        _ => MayAccuse(reading, options) ? ComponentState.Dead : before,
    };

    /// <summary>
    /// How soon to look again at a heartbeat that is stale, and whose component was spared only because it is too early to accuse anybody: a whole period later may
    /// be too late.
    /// </summary>
    /// <returns>Null when the next check is soon enough.</returns>
    public static TimeSpan? LookAgainIn(ComponentState before, Reading reading, MonitoringOptions options) => reading switch
    {
        { StoreFor: var there } when there <= TimeSpan.Zero => null,
        { IsWanted: false } or { Age: null } => null,
        { Age: var age } when age <= options.StaleAfter => null,
        _ when before == ComponentState.Dead || MayAccuse(reading, options) => null,
        { WantedFor: { } wanted } when wanted < reading.StoreFor => options.StaleAfter - wanted,
        _ => options.StaleAfter - reading.StoreFor,
    };

    public static bool MayAccuse(Reading reading, MonitoringOptions options) =>
        reading.StoreFor >= options.StaleAfter && !(reading.WantedFor < options.StaleAfter);
}
