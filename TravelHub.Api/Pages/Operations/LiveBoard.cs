using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using TravelHub.Api.Access;

namespace TravelHub.Api.Pages.Operations;

/// <summary>A part of the console that looks anew every two seconds, for as long as somebody looks at it whose key is good.</summary>
public abstract class LiveBoard : ComponentBase, IDisposable
{
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(2);

    private readonly CancellationTokenSource _gone = new();

    [Inject]
    protected TimeProvider Time { get; set; } = default!;

    /// <summary>Whether it has looked at all.</summary>
    protected bool IsRead { get; private set; }

    [Inject]
    private AuthenticationStateProvider Identity { get; set; } = default!;

    [Inject]
    private OperatorSessions Sessions { get; set; } = default!;

    [Inject]
    private NavigationManager Navigation { get; set; } = default!;

    public void Dispose()
    {
        Dispose(isDisposing: true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Looks. What does not answer is shown as away: an old figure would be taken for a new one.</summary>
    protected abstract Task Read();

    /// <summary>Looks, unless the key of who looks has ended: that ends what it opened, also for who asks for more by hand.</summary>
    protected async Task<bool> TryRead()
    {
        if (Sessions.Of((await Identity.GetAuthenticationStateAsync()).User) is null)
        {
            await InvokeAsync(() => Navigation.Refresh(forceReload: true));
            return false;
        }

        await Read();
        return true;
    }

    protected virtual void Dispose(bool isDisposing)
    {
        _gone.Cancel();
        _gone.Dispose();
    }

    protected override void OnAfterRender(bool firstRender)
    {
        if (firstRender)
            _ = Watch(_gone.Token);
    }

    private async Task Watch(CancellationToken gone)
    {
        using var ticks = new PeriodicTimer(Period, Time);
        try
        {
            do
            {
                if (!await TryRead())
                    return;
                IsRead = true;
                if (!gone.IsCancellationRequested)
                    await InvokeAsync(StateHasChanged);
            }
            while (await ticks.WaitForNextTickAsync(gone));
        }
        catch (OperationCanceledException)
        {
            // The operator has gone on.
        }
        catch (Exception e)
        {
            await DispatchExceptionAsync(e);   // a board that stands still must not look as if it were calm
        }
    }
}
