using TravelHub.Lab.Instances;
using TravelHub.Lab.Workload;

namespace TravelHub.Lab.DatabaseAway;

/// <summary>Books on many rooms, which lie on all silos, and so learns when all of the service is back.</summary>
internal sealed class ServiceProbe(Gateway gateway, string run, TimeProvider time)
{
    private const int UnbrokenSuccesses = 5;

    private static readonly TimeSpan AttemptTimeout = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan PauseAfterFailure = TimeSpan.FromMilliseconds(100);

    /// <summary>Returns once every room was booked several times in a row, each within 2 s.</summary>
    /// <returns>How long after the call the last room's unbroken row began, that is its first success was answered; null when patience was over.</returns>
    public async Task<TimeSpan?> WaitForFullService(TimeSpan patience, CancellationToken cancellationToken)
    {
        var start = time.GetTimestamp();
        using var tooLong = new CancellationTokenSource(patience, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, tooLong.Token);
        try
        {
            return (await Task.WhenAll(LabCatalogue.Probe.Select(room => FirstOfARow(room, start, either.Token)))).Max();
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return null;
        }
    }

    private async Task<TimeSpan> FirstOfARow(LabRoom room, long start, CancellationToken cancellationToken)
    {
        var (row, began) = (0, TimeSpan.Zero);
        for (var attempt = 0; row < UnbrokenSuccesses; attempt++)
        {
            var request = LabRequest.ForBooking($"probe-{run}-{room.RoomType}-{attempt}", [new LabStay(room, LabCatalogue.FirstNight, 1)], "tok_ok");
            if (await gateway.Ask(request, AttemptTimeout, cancellationToken) is { IsSuccess: true })
            {
                if (row++ == 0)
                    began = time.GetElapsedTime(start);
                await Task.Delay(Pause, time, cancellationToken);
            }
            else
            {
                // What is answered 202 is kept and carried out: asked without a pause, this would heap up work of its own.
                row = 0;
                await Task.Delay(PauseAfterFailure, time, cancellationToken);
            }
        }

        return began;
    }
}
