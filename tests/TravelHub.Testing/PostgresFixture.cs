using TravelHub.Client.Postgres;
using Xunit;

namespace TravelHub.Testing;

/// <summary>A server of its own for the tests of an assembly that do not harm it.</summary>
public sealed class PostgresFixture : IAsyncLifetime
{
    // Classes run beside each other, with many silos at once, each with connections of its own.
    private static readonly Dictionary<string, string> Settings = new() { ["max_connections"] = "600" };

    private readonly TemporaryFolder _folder = new();
    private PrivatePostgres? _server;

    internal PrivatePostgres Server => _server ?? throw new InvalidOperationException("The fixture has not started.");

    public async ValueTask InitializeAsync() =>
        _server = await PrivatePostgres.Start(PostgresBinaries.Find(), _folder.In("postgres"), settings: Settings);

    /// <summary>An empty database that no other test uses.</summary>
    public async Task<string> NewDatabase(string name, CancellationToken cancellationToken)
    {
        var connectionString = Server.ConnectionString(name) + ";Pooling=false";
        await Database.Create(connectionString, cancellationToken);
        return connectionString;
    }

    /// <summary>A database with TravelHub's schema that no other test uses.</summary>
    public async Task<string> NewTravelHubDatabase(string name, CancellationToken cancellationToken)
    {
        var connectionString = Server.ConnectionString(name);
        await Database.Create(connectionString, cancellationToken);
        await Schema.Apply(connectionString, cancellationToken);
        return connectionString;
    }

    /// <summary>How silos and gateway reach a database with TravelHub's schema: with the rights that they have outside of tests.</summary>
    public static async Task<string> ForApp(string owner, CancellationToken cancellationToken) =>
        await AppRole.Apply(owner, "app-of-tests", cancellationToken) ?? throw new InvalidOperationException("The server's own user may make roles.");

    public async ValueTask DisposeAsync()
    {
        if (_server is not null)
            await _server.DisposeAsync();
        _folder.Dispose();
    }
}
