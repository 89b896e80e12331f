namespace TravelHub.Load.Running;

/// <summary>The requests of a run that are over; for many threads.</summary>
internal sealed class RequestHistory
{
    private readonly Lock _gate = new();
    private readonly List<RequestRecord> _records = [];

    public void Add(RequestRecord record)
    {
        lock (_gate)
            _records.Add(record);
    }

    /// <summary>What is there now, in the order of its ends.</summary>
    public IReadOnlyList<RequestRecord> Snapshot()
    {
        lock (_gate)
            return [.. _records];
    }
}
