using TravelHub.Load.Schedule;
using TravelHub.Load.Sending;

namespace TravelHub.Lab.Workload;

/// <summary>Clients who send the next booking when the last is answered: how much can be carried.</summary>
internal sealed class ClosedLoop(IRequestSender sender, TimeProvider time)
{
    /// <param name="options">Gives the bookings, whose times are not kept, and how long it lasts.</param>
    /// <returns>Confirmed bookings a second, and how many requests ended otherwise.</returns>
    public async Task<(double PerSecond, long Other)> Run(LoadOptions options, int clients, CancellationToken cancellationToken)
    {
        using var requests = LoadSchedule.Of(options).GetEnumerator();
        var start = time.GetTimestamp();
        var tallies = await Task.WhenAll(Enumerable.Range(0, clients).Select(_ => Task.Run(Loop)));
        return (tallies.Sum(tally => tally.Confirmed) / time.GetElapsedTime(start).TotalSeconds, tallies.Sum(tally => tally.Other));

        async Task<(long Confirmed, long Other)> Loop()
        {
            var (confirmed, other) = (0L, 0L);
            while (time.GetElapsedTime(start) < options.Duration && Next() is { } request)
            {
                if (await sender.Send(request, cancellationToken) is RequestFate.Answered { Status: 201 })
                    confirmed++;
                else
                    other++;
            }

            return (confirmed, other);
        }

        PlannedRequest? Next()
        {
            lock (requests)
                return requests.MoveNext() ? requests.Current : null;
        }
    }
}
