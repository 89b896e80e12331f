using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Npgsql;
using Orleans.TestingHost;
using TravelHub.Grains;
using TravelHub.Grains.Faults;
using TravelHub.Silo;

namespace TravelHub.Testing;

/// <summary>Silos in this process, on a real database and a real payment provider.</summary>
public sealed class GrainCluster : IAsyncDisposable
{
    private readonly NpgsqlDataSource _database;

    private GrainCluster(InProcessTestCluster silos, NpgsqlDataSource database) => (Silos, _database) = (silos, database);

    public InProcessTestCluster Silos { get; }

    public IGrainFactory Grains => Silos.Client;

    public NpgsqlDataSource Database => _database;

    /// <param name="connectionString">A database with TravelHub's schema.</param>
    /// <param name="settings">Options in place of the defaults, such as <c>Reservations:HoldLifetime</c>.</param>
    public static async Task<GrainCluster> Start(
        string connectionString, PaymentSandboxFixture provider, int silos = 1, params (string Name, string Value)[] settings)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>(
        [
            new("Payments:ProviderUrl", provider.Url.AbsoluteUri),
            new("Payments:ProviderKey", provider.Key),
            new("Payments:ProviderTimeout", "00:00:02"),
            new("Quotes:SigningKey", Convert.ToBase64String(new byte[32])),
            new("ConnectionStrings:TravelHub", connectionString),
            new("Monitoring:Enabled", "false"),   // who watches takes part; a test that is about it says so
            new("TravelHub:Roles", ""),   // who tests analytics says so: each database of figures takes a moment to make
        ])).AddInMemoryCollection(settings.Select(s => new KeyValuePair<string, string?>(s.Name, s.Value))).Build();
        var database = PostgresCluster.DataSource(connectionString, "tests");
        var builder = new InProcessTestClusterBuilder((short)silos);
        builder.Options.ConfigureFileLogging = false;
        builder.ConfigureSilo((_, silo) =>
        {
            silo.AddPostgresStorage(database).AddTravelHubGrains(configuration);
            if (configuration.GetValue("Faults:Enabled", defaultValue: false))
                silo.AddFaultSwitches();
            if (configuration["Faults:Plant"] is { } bug)
                silo.AddPlant(bug);
            silo.Services.AddLogging(logging => logging.SetMinimumLevel(LogLevel.Error));
        });
        var cluster = builder.Build();
        await cluster.DeployAsync();
        return new GrainCluster(cluster, database);
    }

    public async ValueTask DisposeAsync()
    {
        await Silos.DisposeAsync();
        await _database.DisposeAsync();
    }
}
