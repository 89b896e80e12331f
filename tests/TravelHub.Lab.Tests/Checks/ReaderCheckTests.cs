using TravelHub.Lab.Checks;

namespace TravelHub.Lab.Tests.Checks;

public sealed class ReaderCheckTests
{
    private static readonly string Stream = $"reservation/{SmallRun.SoldOut:D}";

    private readonly Dictionary<(string, long), int> _seen = SmallRun.Log().StreamVersions
        .SelectMany(stream => Enumerable.Range(1, (int)stream.Value).Select(version => (stream.Key, (long)version))).ToDictionary(key => key, _ => 1);

    [Fact]
    public void Of_EachSeenOnce_Holds() => Assert.True(ReaderCheck.Of(_seen, SmallRun.Log()).Holds);

    [Fact]
    public void Of_NeverSeen_IsFound()
    {
        _seen.Remove((Stream, 2));

        Broken("version 2: never seen");
    }

    [Fact]
    public void Of_SeenTwice_IsFound()
    {
        _seen[(Stream, 2)] = 2;

        Broken("seen 2 times");
    }

    [Fact]
    public void Of_SeenAndNotThere_IsFound()
    {
        _seen[(Stream, 3)] = 1;

        Broken("not in the log");
    }

    private void Broken(string words) =>
        Assert.Contains(words, Assert.Single(ReaderCheck.Of(_seen, SmallRun.Log()).Offenders), StringComparison.Ordinal);
}
