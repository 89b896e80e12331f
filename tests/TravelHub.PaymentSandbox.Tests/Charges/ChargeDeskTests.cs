using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace TravelHub.PaymentSandbox.Tests.Charges;

public sealed class ChargeDeskTests : IAsyncLifetime
{
    private readonly SandboxInProcess _sandbox = new();

    private ProviderClient Client => _sandbox.Client;

    public ValueTask InitializeAsync() => _sandbox.InitializeAsync();

    public ValueTask DisposeAsync() => _sandbox.DisposeAsync();

    [Fact]
    public async Task Charge_SlowToken_CapturesAtTheEndOfItsDelay()
    {
        var answer = Client.Charge("slow", token: "tok_slow");
        var delay = await _sandbox.Clock.NextWait();
        var meanwhile = await Client.Get("/charges/slow");

        _sandbox.Clock.Advance(delay);

        Assert.Equal(TimeSpan.FromSeconds(2), delay);
        Assert.Equal(HttpStatusCode.Accepted, meanwhile.Status);
        Assert.Equal("captured", (await answer).Outcome);
        Assert.Equal(await answer, await Client.Charge("slow", token: "tok_slow"));
    }

    [Fact]
    public async Task Charge_SlowTokenVoidedMeanwhile_RefusedAtTheEnd()
    {
        var answer = Client.Charge("slow", token: "tok_slow");
        var delay = await _sandbox.Clock.NextWait();

        var voided = await Client.Void("slow");
        _sandbox.Clock.Advance(delay);

        Assert.Equal("voided", voided.Outcome);
        Assert.Equal("charge-voided", (await answer).Code);
    }

    [Fact]
    public async Task Charge_SlowTokenCallerLeft_CapturesAllTheSame()
    {
        using var patience = new CancellationTokenSource();
        var answer = Client.Charge("slow", token: "tok_slow", patience: patience);
        var delay = await _sandbox.Clock.NextWait();

        await patience.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => answer);
        _sandbox.Clock.Advance(delay);

        Assert.Equal("captured", (await Client.Settled("slow")).Outcome);
    }

    [Fact]
    public async Task Charge_TimeoutAfterCommit_HoldsTheFirstAnswerAndGivesTheRepeat()
    {
        var first = Client.Charge("held", token: "tok_timeout_after_commit");
        var delay = await _sandbox.Clock.NextWait();

        var repeat = await Client.Charge("held", token: "tok_timeout_after_commit");

        Assert.Equal("captured", repeat.Outcome);
        Assert.False(first.IsCompleted);
        Assert.Equal(1, _sandbox.Read("SELECT count(*) FROM charges WHERE status = 'captured'"));
        _sandbox.Clock.Advance(delay);
        Assert.Equal(repeat, await first);
    }

    [Fact]
    public async Task Charge_TimeoutAfterCommitCallerLeft_CapturedOnce()
    {
        using var patience = new CancellationTokenSource();
        var first = Client.Charge("held", token: "tok_timeout_after_commit", patience: patience);
        await _sandbox.Clock.NextWait();

        await patience.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => first);

        Assert.Equal("captured", (await Client.Charge("held", token: "tok_timeout_after_commit")).Outcome);
        Assert.Equal(1, _sandbox.Read("SELECT count(*) FROM charges WHERE status = 'captured'"));
    }

    /// <summary>They end by themselves: the host, which would break them off after a while, is given more time than the test has.</summary>
    [Fact(Timeout = 120_000)]
    public async Task Stop_WithWaitingRequests_EndsThemAndAnswersNone()
    {
        _sandbox.App.Services.GetRequiredService<IOptions<HostOptions>>().Value.ShutdownTimeout = TimeSpan.FromMinutes(5);
        var held = Client.Charge("held", token: "tok_timeout_after_commit");
        await _sandbox.Clock.NextWait();
        var slow = Client.Charge("slow", token: "tok_slow");
        await _sandbox.Clock.NextWait();

        await _sandbox.App.StopAsync(TestContext.Current.CancellationToken);

        await Assert.ThrowsAsync<HttpRequestException>(() => held);
        await Assert.ThrowsAsync<HttpRequestException>(() => slow);
        Assert.Equal(0, _sandbox.Read("SELECT count(*) FROM charges WHERE charge_id = 'slow'"));
    }
}
