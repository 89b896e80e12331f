namespace TravelHub.Grains.Catalog;

/// <summary>
/// Has a grain leave that was asked for what there is not, so that such questions do not fill the memory. It stays a moment: who asks meanwhile is answered,
/// where each question would else cost an activation, and most of many at once would be turned away.
/// </summary>
internal sealed class Vacancy(IGrainBase grain, Func<bool> isVacant)
{
    private static readonly TimeSpan Stay = TimeSpan.FromSeconds(5);

    private IGrainTimer? _leaving;

    /// <summary>To be told at each question.</summary>
    public void Asked()
    {
        if (_leaving is null && isVacant())
            _leaving = grain.RegisterGrainTimer(Leave, new GrainTimerCreationOptions(Stay, Timeout.InfiniteTimeSpan));
    }

    private Task Leave(CancellationToken cancellationToken)
    {
        _leaving!.Dispose();
        _leaving = null;
        if (isVacant())
            grain.DeactivateOnIdle();
        return Task.CompletedTask;
    }
}
