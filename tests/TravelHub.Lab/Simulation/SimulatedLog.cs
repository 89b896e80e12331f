namespace TravelHub.Lab.Simulation;

/// <summary>The log: streams that grow by compare and set.</summary>
internal sealed class SimulatedLog(SimulationBug bug)
{
    private readonly Dictionary<string, List<object>> _streams = [];

    public IReadOnlyList<object> Read(string stream) => _streams.GetValueOrDefault(stream) ?? [];

    public bool IsAt(string stream, long version) => bug == SimulationBug.MissingFence || Read(stream).Count == version;

    /// <returns>False when another writer was faster: nothing is written.</returns>
    public bool Append(string stream, long expected, IReadOnlyCollection<object> events)
    {
        if (!IsAt(stream, expected))
            return false;
        if (!_streams.TryGetValue(stream, out var all))
            _streams[stream] = all = [];
        all.AddRange(events);
        return true;
    }
}
