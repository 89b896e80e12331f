using Npgsql;
using Orleans.Configuration;
using TravelHub.Api.Operations;
using TravelHub.Grains.Abstractions;

namespace TravelHub.Api.Cluster;

/// <summary>Connects the gateway to the cluster as a client.</summary>
internal static class ClusterConnection
{
    /// <summary>Finds silos through the cluster's database: <c>ConnectionStrings:TravelHub</c> and <c>TravelHub:ClusterId</c>.</summary>
    public static WebApplicationBuilder ConnectToCluster(this WebApplicationBuilder builder)
    {
        var connectionString = builder.Configuration.GetConnectionString("TravelHub")
            ?? throw new InvalidOperationException("Set ConnectionStrings__TravelHub to the cluster's PostgreSQL database.");
        var clusterId = builder.Configuration["TravelHub:ClusterId"]
            ?? throw new InvalidOperationException("Set TravelHub__ClusterId to the cluster's id.");
        var database = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(connectionString) { ApplicationName = "gateway", MaxPoolSize = 4 });
        builder.UseOrleansClient(client =>
        {
            client.AddOrleansDashboard();
            client.UseAdoNetClustering(o => (o.Invariant, o.DataSource) = ("Npgsql", database))
                .Configure<ClusterOptions>(o => (o.ClusterId, o.ServiceId) = (clusterId, "travelhub"))
                .Configure<GatewayOptions>(o => o.GatewayListRefreshPeriod = TimeSpan.FromSeconds(5))
                .Configure<ClientMessagingOptions>(o => o.ResponseTimeout = TimeSpan.FromSeconds(20))
                .UseConnectionRetryFilter(RetryUntilThere);
        });
        builder.Services.AddErrorContracts().AddSingleton<ClusterGate>().AddSingleton<ClusterCalls>().AddSingleton<GrainReferences>();
        StartInBackground(builder.Services);
        return builder;
    }

    // Orleans would hold back the whole gateway until it has found a silo.
    private static void StartInBackground(IServiceCollection services)
    {
        var client = services.Last(s => s.ServiceType == typeof(IHostedService) && s.ImplementationFactory is not null);
        services.Remove(client);
        services.AddSingleton<IHostedService>(provider => new ClusterStart(
            (IHostedService)client.ImplementationFactory!(provider), provider.GetRequiredService<ClusterGate>(),
            provider.GetRequiredService<IHostApplicationLifetime>(), provider.GetRequiredService<ILogger<ClusterStart>>()));
    }

    // The gateway may start before the silos do.
    private static async Task<bool> RetryUntilThere(Exception exception, CancellationToken cancellationToken)
    {
        await Task.Delay(TimeSpan.FromMilliseconds(200), TimeProvider.System, cancellationToken);
        return true;
    }
}
