using System.Diagnostics;
using TravelHub.Grains.Abstractions.Inventory;
using TravelHub.Grains.Inventory;
using TravelHub.Grains.Reservations;

namespace TravelHub.Grains.Faults;

/// <summary>The one failpoint that this process dies at, for work that concerns a stream.</summary>
/// <param name="stream">The stream's name, or how it begins. A hold concerns its reservation's stream too.</param>
internal sealed class ArmedFailpoint(Failpoint failpoint, string stream)
{
    /// <summary>Does the work, and dies before or after it when that is what the failpoint names. The caller hears nothing then.</summary>
    public async Task<T> Around<T>(IReadOnlyCollection<string> doing, IEnumerable<string> concerns, Func<Task<T>> work)
    {
        var isConcerned = concerns.Any(c => c.StartsWith(stream, StringComparison.Ordinal));
        if (isConcerned && failpoint.Withheld is { } withheld && doing.Contains(withheld))
            await Never();
        var isHere = isConcerned && doing.Contains(failpoint.Doing);
        if (isHere && !failpoint.IsDone)
            await Die();
        var result = await work();
        if (isHere)
            await Die();
        return result;
    }

    public Task Around(IReadOnlyCollection<string> doing, IEnumerable<string> concerns, Func<Task> work) =>
        Around(doing, concerns, async () =>
        {
            await work();
            return true;
        });

    /// <summary>The streams that an append concerns.</summary>
    public static IEnumerable<string> Concerned(string appended, IEnumerable<object> events) => events
        .Select(e => e switch
        {
            InventoryEvent.Held(var hold, _, _, _) => Of(hold),
            InventoryEvent.Sold(var hold, _) => Of(hold),
            InventoryEvent.Released(var hold, _) => Of(hold),
            _ => appended,
        })
        .Prepend(appended);

    public static string Of(HoldId hold) => ReservationStreams.Name(hold.Reservation);

    // SIGKILL: no finally, no flush, no goodbye to the database or to the cluster.
    private static Task Die()
    {
        using var self = Process.GetCurrentProcess();
        self.Kill();
        return Never();
    }

    private static Task Never() => new TaskCompletionSource().Task;
}
