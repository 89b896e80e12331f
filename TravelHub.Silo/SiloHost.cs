using Orleans.Dashboard;
using TravelHub.Grains;
using TravelHub.Silo.Operations;
using TravelHub.Silo.Telemetry;

namespace TravelHub.Silo;

/// <summary>A silo with its health endpoints, ready to run.</summary>
internal static class SiloHost
{
    /// <summary>Settings come from the environment and from arguments such as <c>--TravelHub:SiloName=silo-1</c>.</summary>
    /// <exception cref="InvalidOperationException">The database is not configured, other machines would reach the silo, or faults are where they may not be.</exception>
    public static WebApplication Build(string[] args)
    {
        var builder = WebApplication.CreateSlimBuilder(["--hostBuilder:reloadConfigOnChange=false", .. args]);   // no watch on all that lies below the working folder
        RefuseOtherMachines(builder.Configuration);
        builder.Services.AddOptions<SiloOptions>().BindConfiguration("TravelHub").ValidateDataAnnotations().ValidateOnStart();
        var options = builder.Configuration.GetSection("TravelHub").Get<SiloOptions>() ?? new SiloOptions();
        var connectionString = builder.Configuration.GetConnectionString("TravelHub")
            ?? throw new InvalidOperationException("Set ConnectionStrings__TravelHub to the cluster's PostgreSQL database.");
        var database = PostgresCluster.DataSource(connectionString, options.SiloName);

        KeepQuiet(builder.Logging);
        builder.Services.AddSingleton<SiloHealth>();
        var isTraced = builder.AddTelemetry(options.SiloName);
        builder.UseOrleans(silo =>
        {
            silo.JoinPostgresCluster(database, options)
                .AddPostgresStorage(database)
                .AddTravelHubGrains(builder.Configuration)
                .AddFaults(builder.Configuration, builder.Environment);
            if (builder.Configuration.GetValue<bool>("Dashboard:Enabled"))
                silo.AddDashboard(o => o.HideTrace = true);   // it times every call
            if (isTraced)
                silo.AddActivityPropagation();
        });

        var app = builder.Build();
        app.UseMetrics();
        app.MapHealth();
        return app;
    }

    // Silos trust each other, and whoever reaches one: for now they are on one machine.
    private static void RefuseOtherMachines(ConfigurationManager configuration)
    {
        var ports = $"{configuration[WebHostDefaults.HttpPortsKey]}{configuration[WebHostDefaults.HttpsPortsKey]}" is { Length: > 0 } some ? $"ports {some} of all addresses" : "";
        var urls = configuration[WebHostDefaults.ServerUrlsKey] is { Length: > 0 } given ? given : ports;
        var endpoints = configuration.GetSection("Kestrel:Endpoints").GetChildren().Select(endpoint => endpoint["Url"] ?? "");
        foreach (var url in urls.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Concat(endpoints))
        {
            if (!Uri.TryCreate(url, UriKind.Absolute, out var address) || !address.IsLoopback)
                throw new InvalidOperationException($"A silo tells of its health on loopback alone, and not on {url}: start it with --urls=http://127.0.0.1:PORT.");
        }
    }

    // Polly floods during a failover; the rest are notes about choices that were made on purpose.
    private static void KeepQuiet(ILoggingBuilder logging) => logging
        .AddFilter("Microsoft.AspNetCore", LogLevel.Warning)
        .AddFilter("Orleans", LogLevel.Warning)
        .AddFilter("Orleans.Runtime.Silo", LogLevel.Error)
        .AddFilter("Orleans.Hosting.ReminderOptionsValidator", LogLevel.Error)
        .AddFilter("Polly", LogLevel.Error);
}
