using TravelHub.Api.Resilience;

namespace TravelHub.Api.Pages;

/// <summary>Calls of a page. A visitor waits a few seconds at most, and then is told so: an answer that does not come is no error page.</summary>
internal sealed class PageCalls(TimeProvider time, ILogger<PageCalls> logger)
{
    private static readonly TimeSpan ReadPatience = TimeSpan.FromSeconds(6);

    /// <summary>Something to read: not worth a long wait.</summary>
    public async Task<PageAnswer<T>> Read<T>(Func<CancellationToken, ValueTask<T>> call)
    {
        using var patience = new CancellationTokenSource(ReadPatience, time);
        return await Ask(call, patience.Token);
    }

    /// <summary>Something to do: as long as a call into the cluster may take. Without an answer it may or may not have been done.</summary>
    public Task<PageAnswer<T>> Write<T>(Func<CancellationToken, ValueTask<T>> call) => Ask(call, CancellationToken.None);

    private async Task<PageAnswer<T>> Ask<T>(Func<CancellationToken, ValueTask<T>> call, CancellationToken patience)
    {
        try
        {
            return new PageAnswer<T>(true, await call(patience));
        }
        catch (Exception e) when (ClusterFailure.IsNoAnswer(e))
        {
            logger.LogWarning("A page got no answer from the cluster: {Error}", e.Message);
            return new PageAnswer<T>(false, default);
        }
    }
}

/// <summary>What came of a page's call.</summary>
/// <param name="IsThere">Whether an answer came at all.</param>
internal readonly record struct PageAnswer<T>(bool IsThere, T? Value);
