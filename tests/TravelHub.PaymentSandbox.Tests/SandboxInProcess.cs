using Microsoft.AspNetCore.Builder;
using Microsoft.Data.Sqlite;

namespace TravelHub.PaymentSandbox.Tests;

/// <summary>The program inside the test's process, on a free port, with a store of its own.</summary>
public sealed class SandboxInProcess : IAsyncLifetime
{
    private const string Key = "a-key-for-tests-alone";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("payment-sandbox-");

    internal TestClock Clock { get; } = new();

    internal WebApplication App { get; private set; } = null!;

    internal ProviderClient Client { get; private set; } = null!;

    internal string Address => App.Urls.Single();

    public async ValueTask InitializeAsync()
    {
        App = Program.Build(
            ["--Urls=http://127.0.0.1:0", $"--Sandbox:Key={Key}", $"--Sandbox:Store={Store}", "--Logging:LogLevel:Microsoft.Hosting.Lifetime=Warning"],
            Clock);
        await App.StartAsync(TestContext.Current.CancellationToken);
        Client = new ProviderClient(Address, $"Bearer {Key}");
    }

    /// <summary>One number read from the file as any other process reads it.</summary>
    internal long Read(string sql)
    {
        using var connection = new SqliteConnection($"Data Source={Store};Mode=ReadOnly;Pooling=false");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return (long)command.ExecuteScalar()!;
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await App.StopAsync();
        await App.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    private string Store => Path.Combine(_folder.FullName, "made-by-the-program", "payments.db");
}
