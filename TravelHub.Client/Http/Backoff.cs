namespace TravelHub.Client.Http;

/// <summary>How long to wait before the next attempt: doubling, and spread so that clients don't return in step.</summary>
internal sealed class Backoff(Random random)
{
    private static readonly TimeSpan First = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(2);

    // A seeded Random is not made for several threads.
    private readonly Lock _chance = new();

    /// <param name="attempt">Which attempt has just failed, from 1.</param>
    /// <returns>Between half of the step and the whole step.</returns>
    public TimeSpan After(int attempt)
    {
        var step = Math.Min(Longest.TotalMilliseconds, First.TotalMilliseconds * Math.Pow(2, attempt - 1));
        lock (_chance)
            return TimeSpan.FromMilliseconds(step * (0.5 + (random.NextDouble() / 2)));
    }

    public Guid NewKey()
    {
        Span<byte> key = stackalloc byte[16];
        lock (_chance)
            random.NextBytes(key);
        return new Guid(key);
    }
}
