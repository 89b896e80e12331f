using Microsoft.Extensions.Configuration.Memory;
using Microsoft.Extensions.Options;
using TravelHub.PaymentSandbox.Answers;

namespace TravelHub.PaymentSandbox;

/// <summary>How the program is hosted: its options, its limits, its clock and how fast it stops.</summary>
internal static class SandboxHost
{
    private static readonly Dictionary<string, string?> Defaults = new()
    {
        ["Urls"] = "http://127.0.0.1:5090",
        ["Logging:LogLevel:Default"] = "Warning",
        // The framework's own word on starting and stopping: it tells which port was given for port 0.
        ["Logging:LogLevel:Microsoft.Hosting.Lifetime"] = "Information",
    };

    public static void AddSandboxHost(this WebApplicationBuilder builder, TimeProvider time)
    {
        // First of the sources, so that whatever else is configured comes before it.
        builder.Configuration.Sources.Insert(0, new MemoryConfigurationSource { InitialData = Defaults });

        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxConcurrentConnections = 2048;
            kestrel.Limits.MaxRequestBodySize = 16 * 1024;
        });
        // Held answers end by themselves when the program stops; this bounds a caller who does not read.
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = TimeSpan.FromMilliseconds(700));
        builder.Services.ConfigureHttpJsonOptions(json => json.SerializerOptions.TypeInfoResolverChain.Insert(0, SandboxJson.Default));

        builder.Services.AddSingleton(time);
        builder.Services.AddSingleton<IValidateOptions<SandboxOptions>, SandboxOptionsValidation>();
        builder.Services.AddOptions<SandboxOptions>().Bind(builder.Configuration.GetSection("Sandbox")).ValidateOnStart();
        builder.Services.AddSingleton(services => services.GetRequiredService<IOptions<SandboxOptions>>().Value);
    }

    /// <summary>Ready once it listens: the store is open before the first connection is taken.</summary>
    public static void MapReadiness(this WebApplication app) =>
        app.MapGet("/health/ready", () => TypedResults.Text("ready"));
}
