using System.Collections.Concurrent;

namespace TravelHub.PaymentSandbox.Tests.Ledger;

public sealed class DurabilityTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("payment-sandbox-");

    private string Store => Path.Combine(_folder.FullName, "payments.db");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task Kill_AmongCharges_KeepsEveryAnswerAndCapturesOnce()
    {
        var answered = new ConcurrentDictionary<string, Reply>();
        var asked = new ConcurrentDictionary<string, bool>();
        using (var doomed = await SandboxProcess.Start(Store))
        {
            var enough = new TaskCompletionSource();
            var callers = Enumerable.Range(0, 32).Select(caller => ChargeUntilItDies(doomed.Client, caller, asked, answered, enough)).ToArray();
            await enough.Task.WaitAsync(TestContext.Current.CancellationToken);
            await doomed.Kill();
            await Task.WhenAll(callers);
        }

        using var restarted = await SandboxProcess.Start(Store);
        foreach (var (chargeId, answer) in answered)
            Assert.Equal(answer.Body, (await restarted.Client.Get($"/charges/{chargeId}")).Body);

        // The unanswered ones are unknown to their callers, who repeat them: each is captured now, and once.
        var repeats = await Task.WhenAll(asked.Keys.Select(async chargeId => (ChargeId: chargeId, Reply: await restarted.Client.Charge(chargeId))));
        Assert.All(repeats, repeat => Assert.Equal(answered.GetValueOrDefault(repeat.ChargeId, repeat.Reply), repeat.Reply));
        Assert.All(repeats, repeat => Assert.Equal("captured", repeat.Reply.Outcome));
        var total = (await restarted.Client.Get("/ledger")).Json.GetProperty("EUR");
        Assert.Equal(asked.Count, total.GetProperty("captured").GetProperty("count").GetInt32());
        Assert.Equal(36000L * asked.Count, total.GetProperty("balanceMinor").GetInt64());
    }

    [Fact]
    public async Task Kill_WithAHeldAnswer_TheRepeatFindsItCaptured()
    {
        using var doomed = await SandboxProcess.Start(Store);
        var held = doomed.Client.Charge("held", token: "tok_timeout_after_commit");
        await doomed.Client.Committed("held");
        await doomed.Kill();
        await Assert.ThrowsAnyAsync<HttpRequestException>(() => held);

        using var restarted = await SandboxProcess.Start(Store);

        Assert.Equal("captured", (await restarted.Client.Charge("held", token: "tok_timeout_after_commit")).Outcome);
        Assert.Equal(1, (await restarted.Client.Get("/ledger")).Json.GetProperty("EUR").GetProperty("captured").GetProperty("count").GetInt32());
    }

    [Fact]
    public async Task Terminate_WithAHeldAnswer_ExitsCleanly()
    {
        using var sandbox = await SandboxProcess.Start(Store);
        var held = sandbox.Client.Charge("held", token: "tok_timeout_after_commit");
        await sandbox.Client.Committed("held");

        Assert.Equal(0, await sandbox.Terminate());
        Assert.False(File.Exists(Store + "-wal"), "the log was not folded into the file");
        await Assert.ThrowsAnyAsync<HttpRequestException>(() => held);
    }

    private static async Task ChargeUntilItDies(
        ProviderClient client, int caller, ConcurrentDictionary<string, bool> asked, ConcurrentDictionary<string, Reply> answered, TaskCompletionSource enough)
    {
        for (var number = 0; ; number++)
        {
            var chargeId = $"charge-{caller}-{number}";
            asked[chargeId] = true;
            try
            {
                answered[chargeId] = await client.Charge(chargeId);
            }
            catch (HttpRequestException)
            {
                return;
            }

            if (answered.Count >= 500)
                enough.TrySetResult();
        }
    }
}
