namespace TravelHub.Api.Telemetry;

/// <summary>How many requests took how long, in classes that grow by a fifth from 0.1 ms to 100 s: a percentile read from them is at most a tenth off.</summary>
internal sealed class LatencyCounts
{
    private const double ShortestMs = 0.1;
    private const double Growth = 1.2;
    private const int Classes = 76;

    private readonly int[] _counts = new int[Classes];

    public int Total { get; private set; }

    public void Add(double milliseconds)
    {
        var at = milliseconds <= ShortestMs ? 0 : (int)Math.Min(Classes - 1, Math.Round(Math.Log(milliseconds / ShortestMs, Growth)));
        _counts[at]++;
        Total++;
    }

    public void Add(LatencyCounts others)
    {
        for (var i = 0; i < Classes; i++)
            _counts[i] += others._counts[i];
        Total += others.Total;
    }

    public void Clear()
    {
        Array.Clear(_counts);
        Total = 0;
    }

    /// <param name="share">0 to 1: 0.5 is the median.</param>
    /// <returns>Milliseconds; null without a request.</returns>
    public double? Percentile(double share)
    {
        if (Total == 0)
            return null;
        var wanted = Math.Max(1, (int)Math.Ceiling(share * Total));
        var seen = 0;
        for (var i = 0; i < Classes; i++)
        {
            seen += _counts[i];
            if (seen >= wanted)
                return ShortestMs * Math.Pow(Growth, i);
        }

        throw new InvalidOperationException($"{Total} requests were counted, and {seen} are in the classes.");
    }
}
