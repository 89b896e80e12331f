using System.Threading.Channels;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;

namespace TravelHub.Load.Tests;

/// <summary>A gateway that takes every booking, and stalls once: from one request on it answers none until it is told to recover.</summary>
internal sealed class StallingServer : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly Channel<(string Path, string? Key, string Body)> _arrivals = Channel.CreateUnbounded<(string, string?, string)>();
    private readonly TaskCompletionSource _recovered = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly int _stallFrom;
    private int _arrived;

    private StallingServer(int stallFrom)
    {
        _stallFrom = stallFrom;
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        _app = builder.Build();
        _app.Run(Answer);
    }

    public static Guid Reservation { get; } = new("0199aaaa-0000-7000-8000-000000000001");

    public Uri Url => new(_app.Urls.Single());

    /// <param name="stallFrom">The first request that it stalls at, from 0.</param>
    public static async Task<StallingServer> Start(int stallFrom = int.MaxValue)
    {
        var server = new StallingServer(stallFrom);
        await server._app.StartAsync();
        return server;
    }

    /// <summary>The next request that has arrived.</summary>
    public ValueTask<(string Path, string? Key, string Body)> Arrival(CancellationToken cancellationToken) =>
        _arrivals.Reader.ReadAsync(cancellationToken);

    public void Recover() => _recovered.TrySetResult();

    public async ValueTask DisposeAsync()
    {
        Recover();
        await _app.DisposeAsync();
    }

    private async Task Answer(HttpContext context)
    {
        var number = Interlocked.Increment(ref _arrived) - 1;
        using var reader = new StreamReader(context.Request.Body);
        var body = await reader.ReadToEndAsync(context.RequestAborted);
        _arrivals.Writer.TryWrite((context.Request.Path + context.Request.QueryString, context.Request.Headers["Idempotency-Key"], body));
        if (number >= _stallFrom)
            await _recovered.Task;
        context.Response.StatusCode = StatusCodes.Status201Created;
        await context.Response.WriteAsJsonAsync(new { id = Reservation, status = "confirmed" });
    }
}
