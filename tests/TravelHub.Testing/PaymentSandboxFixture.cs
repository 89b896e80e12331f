using System.Collections.Concurrent;
using System.Globalization;
using System.Net.Http.Headers;
using Microsoft.Data.Sqlite;
using TravelHub.Client.Processes;
using Xunit;

namespace TravelHub.Testing;

/// <summary>The payment provider's sandbox, as the process that it is, with a store of its own.</summary>
public sealed class PaymentSandboxFixture : IAsyncLifetime
{
    private readonly TemporaryFolder _folder = new();
    private readonly ConcurrentQueue<string> _said = new();
    private SupervisedProcess? _process;

    /// <summary>The merchant's secret.</summary>
    public string Key { get; } = Guid.NewGuid().ToString("N");

    public Uri Url { get; private set; } = null!;

    /// <summary>The provider's own store, a file.</summary>
    public string Store => _folder.In("payments.db");

    public async ValueTask InitializeAsync()
    {
        var program = Path.Combine(AppContext.BaseDirectory, "TravelHub.PaymentSandbox.dll");
        var port = LoopbackPorts.Choose(_folder.Path, new HashSet<int>());
        Url = new Uri($"http://127.0.0.1:{port}");
        var plan = new ProcessPlan(
            "provider", "dotnet", [program],
            new Dictionary<string, string>
            {
                ["ASPNETCORE_URLS"] = Url.AbsoluteUri,
                ["Sandbox__Store"] = Store,
                ["Sandbox__Key"] = Key,
            },
            _folder.In("provider.log"), new Dictionary<string, int> { ["http"] = port });
        _process = new SupervisedProcess(plan, TimeProvider.System, _ => { }, _said.Enqueue);
        _process.Start(null);
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(3));   // while all test programs start at once
        try
        {
            await Readiness.Wait(Url, TimeProvider.System, patience.Token);
        }
        catch (OperationCanceledException e)
        {
            throw new InvalidOperationException($"The payment sandbox at {Url} did not get ready: {string.Join(" ", _said)} Its log: {plan.LogPath}", e);
        }
    }

    /// <summary>The charges of a reservation: status and amount in minor units.</summary>
    public async Task<IReadOnlyList<(string Status, long AmountMinor)>> Charges(Guid reservation)
    {
        await using var store = new SqliteConnection($"Data Source={Store};Mode=ReadOnly");
        await store.OpenAsync();
        await using var command = store.CreateCommand();
        command.CommandText = "SELECT status, amount_minor FROM charges WHERE reference = $reference ORDER BY charge_id";
        command.Parameters.AddWithValue("$reference", reservation.ToString("D"));
        var charges = new List<(string, long)>();
        await using var rows = await command.ExecuteReaderAsync();
        while (await rows.ReadAsync())
            charges.Add((rows.GetString(0), rows.IsDBNull(1) ? 0 : rows.GetInt64(1)));
        return charges;
    }

    /// <summary>Waits until a charge has come to the provider, whether or not it is captured yet.</summary>
    public async Task UntilCharge(string chargeId, CancellationToken cancellationToken)
    {
        using var http = new HttpClient { BaseAddress = Url };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", Key);
        while (true)
        {
            using var answer = await http.GetAsync($"charges/{chargeId}", cancellationToken);
            if (answer.IsSuccessStatusCode)
                return;
            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, cancellationToken);
        }
    }

    /// <summary>What was given back of a reservation's charges, in minor units.</summary>
    public async Task<long> RefundedMinor(Guid reservation)
    {
        await using var store = new SqliteConnection($"Data Source={Store};Mode=ReadOnly");
        await store.OpenAsync();
        await using var command = store.CreateCommand();
        command.CommandText = "SELECT coalesce(sum(r.amount_minor), 0) FROM refunds r JOIN charges c USING (charge_id) WHERE c.reference = $reference";
        command.Parameters.AddWithValue("$reference", reservation.ToString("D"));
        return Convert.ToInt64(await command.ExecuteScalarAsync(), CultureInfo.InvariantCulture);
    }

    /// <summary>Takes the provider away for good; its store stays until the end.</summary>
    public Task Stop() => _process is null ? Task.CompletedTask : _process.Stop(TimeSpan.FromSeconds(5));

    public async ValueTask DisposeAsync()
    {
        await Stop();
        _process?.Dispose();

        SqliteConnection.ClearAllPools();
        _folder.Dispose();
    }
}
