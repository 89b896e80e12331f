using Spectre.Console;

namespace TravelHub.Client.Replay;

/// <summary>Shows a run's progress on a terminal.</summary>
internal static class ReplayProgress
{
    private static readonly TimeSpan Refresh = TimeSpan.FromMilliseconds(200);

    /// <param name="isQuiet">Shows nothing: the output is not for eyes.</param>
    public static Task<T> Show<T>(Task<T> run, ReplayTally tally, int steps, bool isQuiet, TimeProvider time)
    {
        if (isQuiet)
            return run;

        return AnsiConsole.Progress()
            .Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn(), new RemainingTimeColumn())
            .StartAsync(async console =>
            {
                var bar = console.AddTask("replay", maxValue: steps);
                while (!run.IsCompleted)
                {
                    await Task.WhenAny(run, Task.Delay(Refresh, time));
                    bar.Value = tally.Steps;
                    bar.Description = $"accepted {tally.Accepted}, sold out {tally.SoldOut}, cancelled {tally.Cancelled}, errors {tally.Errors}";
                }

                return await run;
            });
    }
}
