using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace TravelHub.Grains.Tests;

public sealed class StartupCallsTests : IAsyncDisposable
{
    private readonly IHost _host = Services();

    [Fact]
    public async Task UntilDone_TheSiloThatIsAskedHasDied_IsAskedAgainUntilItAnswers()
    {
        var asked = 0;

        await StartupCalls.UntilDone(_host.Services, "A reminder", () => ++asked < 3 ? throw new InvalidOperationException("the target silo is away") : Task.CompletedTask, CancellationToken.None);

        Assert.Equal(3, asked);
    }

    [Fact]
    public async Task UntilDone_TheStartWaitsNoLonger_GoesOnBesideIt()
    {
        var (answers, done) = (new TaskCompletionSource(), new TaskCompletionSource());

        await StartupCalls.UntilDone(_host.Services, "A reminder", Ask, startWaits: TimeSpan.Zero, CancellationToken.None)
            .WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);   // nobody has answered yet

        answers.SetResult();
        await done.Task.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);

        async Task Ask()
        {
            await answers.Task;
            done.SetResult();
        }
    }

    [Fact]
    public async Task UntilDone_TheSiloStops_EndsWithWhatWasWrong()
    {
        using var stop = new CancellationTokenSource();

        await Assert.ThrowsAsync<InvalidOperationException>(() => StartupCalls.UntilDone(_host.Services, "A reminder", Ask, stop.Token));

        async Task Ask()
        {
            await stop.CancelAsync();
            throw new InvalidOperationException("the target silo is away");
        }
    }

    public ValueTask DisposeAsync()
    {
        _host.Dispose();
        return ValueTask.CompletedTask;
    }

    private static IHost Services()
    {
        var builder = Host.CreateEmptyApplicationBuilder(settings: null);
        builder.Services.AddSingleton(TimeProvider.System);
        return builder.Build();
    }
}
