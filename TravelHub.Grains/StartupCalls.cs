using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace TravelHub.Grains;

/// <summary>
/// What a silo's start asks of grains. Those may be thought to live on silos that died together with this one's last life, until their deaths are known: a
/// start does not fail with them, it asks again.
/// </summary>
internal static class StartupCalls
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);

    /// <summary>Makes a call until it succeeds or the silo stops.</summary>
    /// <param name="what">What it is for, as the log says it.</param>
    public static async Task UntilDone(IServiceProvider services, string what, Func<Task> call, CancellationToken cancellationToken)
    {
        var time = services.GetRequiredService<TimeProvider>();
        for (var tries = 1; ; tries++)
        {
            try
            {
                await call();
                return;
            }
            catch (Exception e) when (!cancellationToken.IsCancellationRequested)
            {
                if (tries == 1)
                    Logger(services).LogWarning("{What} could not be arranged at the first try; it is tried until it is: {Error}", what, e.Message);
                await Task.Delay(Pause, time, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    /// <summary>The same beside the start, which waits at most so long: what is arranged is permanent, and only the first start of all begins without it.</summary>
    public static async Task UntilDone(IServiceProvider services, string what, Func<Task> call, TimeSpan startWaits, CancellationToken cancellationToken)
    {
        var stopping = services.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping;
        var done = UntilDone(services, what, call, stopping);
        done.Ignore();
        await done.WaitAsync(startWaits, services.GetRequiredService<TimeProvider>(), cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private static ILogger Logger(IServiceProvider services) => services.GetRequiredService<ILoggerFactory>().CreateLogger(typeof(StartupCalls));
}
