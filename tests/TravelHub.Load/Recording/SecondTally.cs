using TravelHub.Load.Reporting;
using TravelHub.Load.Running;
using TravelHub.Load.Sending;

namespace TravelHub.Load.Recording;

/// <summary>What became of the requests that were to start in one second. Not for several threads.</summary>
internal sealed class SecondTally
{
    private readonly LatencyRecorder _latency = new(significantDigits: 2);
    private int _due;
    private int _answered;
    private int _succeeded;

    public void Record(RequestRecord record)
    {
        _due++;
        _latency.Record(record.Latency);
        if (record.Fate is not RequestFate.Answered answered)
            return;
        _answered++;
        if (answered.IsSuccess)
            _succeeded++;
    }

    public SecondReport Report(int second) => new(second, _due, _answered, _succeeded, _latency.Summary()!);
}
