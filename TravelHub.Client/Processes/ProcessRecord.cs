using System.Text.Json.Serialization;

namespace TravelHub.Client.Processes;

/// <summary>What is remembered of a process, so that a later command can find it again.</summary>
/// <param name="Name">Its name within the instance.</param>
/// <param name="Pid">The process id.</param>
/// <param name="StartMark">See <see cref="ProcessIdentity.StartMark"/>.</param>
/// <param name="StartedAt">When it was started, or first seen if it ran already.</param>
/// <param name="Ports">What it listens on, by purpose.</param>
/// <param name="Fingerprint">See <see cref="ProcessPlan.Fingerprint"/>.</param>
internal sealed record ProcessRecord(
    string Name,
    int Pid,
    string StartMark,
    DateTimeOffset StartedAt,
    IReadOnlyDictionary<string, int> Ports,
    string Fingerprint)
{
    [JsonIgnore]
    public ProcessIdentity Identity => new(Pid, StartMark);

    [JsonIgnore]
    public bool IsAlive => Identity.IsAlive;
}
