using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using TravelHub.Api.Access;

namespace TravelHub.Api.Tests.Access;

public sealed class KeyRefreshTests
{
    /// <summary>A name longer than names can be: the error is none that the database's driver knows.</summary>
    [Fact]
    public async Task Read_ErrorThatIsNotTheDatabases_IsToldAndDoesNotEndTheGateway()
    {
        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection([KeyValuePair.Create<string, string?>("ConnectionStrings:TravelHub", $"Host={new string('x', 300)};Username=nobody;Database=none")]).Build();
        await using var database = new AccessDatabase(configuration);
        var (options, time) = (Options.Create(new KeyOptions()), new FakeTimeProvider());
        var ring = new KeyRing(new DevelopmentKeys(options, configuration, NullLogger<DevelopmentKeys>.Instance), options, time);
        var log = new TellingLog();
        using var refresh = new KeyRefresh(new KeyStore(database), ring, options, time, log);

        await refresh.StartAsync(TestContext.Current.CancellationToken);

        Assert.Same(log.Told, await Task.WhenAny(log.Told, refresh.ExecuteTask!));
        await refresh.StopAsync(TestContext.Current.CancellationToken);
        Assert.False(refresh.ExecuteTask!.IsFaulted);
    }

    /// <summary>Tells when the first line comes.</summary>
    private sealed class TellingLog : ILogger<KeyRefresh>
    {
        private readonly TaskCompletionSource _told = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task Told => _told.Task;

        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) => _told.TrySetResult();
    }
}
