using TravelHub.Client.Instances;
using TravelHub.Client.Processes;

namespace TravelHub.Client.Up;

/// <summary>What <c>travelhub status --json</c> prints; other programs read it, so its names stay as they are.</summary>
internal sealed record StatusReport(
    string? Url,
    bool Running,
    string DataFolder,
    string? ConnectionString,
    InstanceKeys? Keys,
    StatusReport.ProviderStatus? Provider,
    IReadOnlyList<StatusReport.ProcessStatus> Processes)
{
    internal sealed record ProviderStatus(string? Url, string Key, string Store);

    /// <param name="Name">Its name within the instance.</param>
    /// <param name="Pid">The process id it has or had last.</param>
    /// <param name="Status">
    /// <c>running</c>; <c>away</c> if an operator took it away; <c>restarting</c> if it ended and <c>up</c> is about to start it again; <c>dead</c> if nobody will.
    /// </param>
    /// <param name="StartedAt">When it was started.</param>
    /// <param name="Ports">What it listens on, by purpose.</param>
    internal sealed record ProcessStatus(
        string Name, int Pid, string Status, DateTimeOffset StartedAt, IReadOnlyDictionary<string, int> Ports);

    /// <summary>What is known of the instance in a folder, which may be none.</summary>
    public static StatusReport Of(DataFolder folder, Instance? instance)
    {
        if (instance is null)
            return new StatusReport(null, false, folder.Path, null, null, null, []);
        var provider = new ProviderStatus(Text(instance.ProviderUrl), instance.ProviderKey, folder.PaymentsStore);
        var processes = instance.Processes.Values
            .Select(process => new ProcessStatus(process.Name, process.Pid, Status(instance, process), process.StartedAt, process.Ports));
        return new StatusReport(
            Text(instance.Url), instance.IsUp, folder.Path, instance.ConnectionString, instance.Keys, provider, [.. processes]);
    }

    private static string Status(Instance instance, ProcessRecord process) =>
        process.IsAlive ? "running" : instance.Away.Contains(process.Name) ? "away" : instance.IsUp ? "restarting" : "dead";

    private static string? Text(Uri? url) => url?.GetLeftPart(UriPartial.Authority);
}
