namespace TravelHub.Grains.Monitoring;

/// <summary>The detectors' names, as they are stored.</summary>
internal static class Detector
{
    public const string Heartbeat = "heartbeat";
    public const string Ping = "ping";
    public const string Membership = "membership";

    public static readonly string[] All = [Heartbeat, Ping, Membership];
}
