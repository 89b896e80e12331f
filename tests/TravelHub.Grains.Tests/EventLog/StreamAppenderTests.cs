using TravelHub.Grains.Abstractions;
using TravelHub.Grains.EventLog;

namespace TravelHub.Grains.Tests.EventLog;

public sealed class StreamAppenderTests
{
    private readonly HeldLog _log = new();

    [Fact]
    public async Task Commit_WhileOneIsInFlight_GoesTogetherIntoTheNext()
    {
        var appender = new StreamAppender(_log, "s", version: 4);
        var first = appender.Commit(["a"]);
        var second = appender.Commit(["b"]);
        var third = appender.Commit(["c", "d"]);

        _log.Finish(0);
        await first;
        Assert.False(second.IsCompleted);
        _log.Finish(1);
        await Task.WhenAll(second, third);

        Assert.Equal([(4, "a"), (5, "b c d")], _log.Appends);
    }

    [Fact]
    public async Task Commit_NoEvents_AsksTheLogForTheVersion()
    {
        var appender = new StreamAppender(_log, "s", version: 4);
        var check = appender.Commit([]);
        Assert.Equal([(4, "")], _log.Appends);

        _log.Refuse(0);

        await Assert.ThrowsAsync<AppendRefusedException>(() => check);
        Assert.True(appender.IsBroken);
    }

    [Fact]
    public async Task Commit_BehindARefusedOne_IsRefusedWithoutBeingWritten()
    {
        var appender = new StreamAppender(_log, "s", version: 4);
        var first = appender.Commit(["a"]);
        var second = appender.Commit(["b"]);

        _log.Refuse(0);

        await Assert.ThrowsAsync<AppendRefusedException>(() => first);
        await Assert.ThrowsAsync<AppendRefusedException>(() => second);
        Assert.Single(_log.Appends);
    }

    [Fact]
    public async Task WrittenSoFar_AfterCommits_WaitsForTheLast()
    {
        var appender = new StreamAppender(_log, "s", version: 0);
        Assert.True(appender.WrittenSoFar().IsCompletedSuccessfully);
        _ = appender.Commit(["a"]);
        _ = appender.Commit(["b"]);
        var written = appender.WrittenSoFar();

        _log.Finish(0);
        Assert.False(written.IsCompleted);
        await _log.Begun(2);
        _log.Finish(1);

        await written;
        Assert.Equal(2, _log.Appends.Count);
    }

    [Fact]
    public async Task CommitLater_GoesWithTheNextCommitAndInItsOrder()
    {
        var appender = new StreamAppender(_log, "s", version: 0);
        appender.CommitLater(["a"]);
        Assert.Empty(_log.Appends);
        Assert.Equal((true, 1), (appender.HasWaiting, appender.DecidedVersion));

        _ = appender.Commit(["b"]);

        Assert.Equal([(0, "a b")], _log.Appends);
        Assert.False(appender.HasWaiting);
    }

    [Fact]
    public async Task WrittenSoFar_WhileEventsWait_WritesThem()
    {
        var appender = new StreamAppender(_log, "s", version: 0);
        appender.CommitLater(["a"]);

        var written = appender.WrittenSoFar();
        _log.Finish(0);

        await written;
        Assert.Equal([(0, "a")], _log.Appends);
    }

    /// <summary>A log whose appends end when the test says so.</summary>
    private sealed class HeldLog : IEventLog
    {
        private readonly List<TaskCompletionSource> _answers = [];
        private TaskCompletionSource _begun = new();

        public List<(long Version, string Events)> Appends { get; } = [];

        public void Finish(int append) => _answers[append].SetResult();

        public void Refuse(int append) => _answers[append].SetException(new AppendRefusedException());

        public async Task Begun(int appends)
        {
            while (_answers.Count < appends)
                await _begun.Task;
        }

        public Task Append(StreamAppend append)
        {
            Appends.Add((append.ExpectedVersion, string.Join(' ', append.Events)));
            _answers.Add(new TaskCompletionSource());
            var begun = _begun;
            _begun = new TaskCompletionSource();
            begun.SetResult();
            return _answers[^1].Task;
        }

        public IAsyncEnumerable<LoggedEvent> Read(string stream, long afterVersion, CancellationToken cancellationToken) =>
            throw new NotSupportedException();
    }
}
