namespace TravelHub.Client.Up;

/// <summary>
/// The order in which an instance's processes stop: the gateway, so that no new work comes in; all silos at once; the payment
/// provider, which silos that end may still speak to. The database stops after all of them.
/// </summary>
internal static class StopOrder
{
    /// <summary>How long a process may take to finish what it does.</summary>
    public static readonly TimeSpan Grace = TimeSpan.FromSeconds(30);

    /// <summary>Stops all of them, also when one cannot be stopped; what that one threw is thrown in the end.</summary>
    public static async Task Run<T>(IEnumerable<T> processes, Func<T, string> name, Func<T, Task> stop)
    {
        var groups = new List<Task>();
        foreach (var group in processes.GroupBy(process => Rank(name(process))).OrderBy(group => group.Key))
        {
            groups.Add(Task.WhenAll(group.Select(stop)));
            await groups[^1].ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        await Task.WhenAll(groups);
    }

    private static int Rank(string name) => name switch { "gateway" => 0, "provider" => 2, _ => 1 };
}
