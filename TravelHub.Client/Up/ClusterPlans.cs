using System.Globalization;

using TravelHub.Client.Instances;
using TravelHub.Client.Processes;

namespace TravelHub.Client.Up;

/// <summary>How each process of an instance is started: its program, and all that it is told through its environment.</summary>
internal sealed class ClusterPlans(DataFolder folder, InstanceStore store, UpOptions options)
{
    private const string Gateway = "gateway";
    private const string Provider = "provider";

    /// <summary>The sandbox of the payment provider.</summary>
    public ProcessPlan ForProvider()
    {
        var http = store.Port(Provider, "http");
        return Plan(Provider, "tests/TravelHub.PaymentSandbox", new() { ["http"] = http }, new()
        {
            ["ASPNETCORE_URLS"] = Loopback(http),
            ["Sandbox__Store"] = folder.PaymentsStore,
            ["Sandbox__Key"] = store.Current.ProviderKey,
        });
    }

    /// <summary>One silo. It keeps its name and ports when it is started again.</summary>
    public ProcessPlan ForSilo(int number, string connectionString, string clusterId)
    {
        var name = $"silo-{number}";
        var ports = new Dictionary<string, int>
        {
            ["silo"] = store.Port(name, "silo"),
            ["gateway"] = store.Port(name, "gateway"),
            ["health"] = store.Port(name, "health"),
        };
        return Plan(name, "TravelHub.Silo", ports, new()
        {
            ["ConnectionStrings__TravelHub"] = connectionString,
            ["TravelHub__ClusterId"] = clusterId,
            ["TravelHub__SiloName"] = name,
            ["TravelHub__SiloPort"] = Text(ports["silo"]),
            ["TravelHub__GatewayPort"] = Text(ports["gateway"]),
            ["ASPNETCORE_URLS"] = Loopback(ports["health"]),
            ["Payments__ProviderUrl"] = Loopback(store.Port(Provider, "http")),
            ["Payments__ProviderKey"] = store.Current.ProviderKey,
            ["Quotes__SigningKey"] = store.Current.QuotesSigningKey,
        });
    }

    /// <summary>The gateway, which answers at the instance's address.</summary>
    public ProcessPlan ForGateway(string connectionString, string clusterId)
    {
        var url = store.Current.Url;
        var keys = store.Current.Keys;
        return Plan(Gateway, "TravelHub.Api", new() { ["http"] = url.Port }, new()
        {
            ["ConnectionStrings__TravelHub"] = connectionString,
            ["TravelHub__ClusterId"] = clusterId,
            ["ASPNETCORE_URLS"] = Loopback(url.Port),
            ["Keys__Client"] = keys.Client,
            ["Keys__Operator"] = keys.Operator,
            ["Keys__Researcher"] = keys.Researcher,
            ["Pages__KeysFolder"] = folder.PageKeys,
            ["Intake__Folder"] = folder.Intake,
            ["Lab__RunsFolder"] = Path.Combine(RepositoryRoot.Find(), "runs"),
            ["Lab__EvidenceFolder"] = Path.Combine(RepositoryRoot.Find(), "tests", "TravelHub.Lab", "evidence"),
        });
    }

    private ProcessPlan Plan(string name, string project, Dictionary<string, int> ports, Dictionary<string, string> environment)
    {
        var program = options.Program(project);
        // Tells builds apart: a process of an older one is replaced, not taken over.
        environment["TRAVELHUB_BUILD"] = Directory.EnumerateFiles(Path.GetDirectoryName(program)!, "*.dll")
            .Max(File.GetLastWriteTimeUtc).ToString("O", CultureInfo.InvariantCulture);
        environment["DOTNET_ENVIRONMENT"] = "Production";
        environment["ASPNETCORE_ENVIRONMENT"] = "Production";
        // Several processes share this machine: the server collector would take a heap per core for each.
        environment["DOTNET_gcServer"] = "0";
        environment["DOTNET_TieredPGO"] = "1";
        foreach (var (setting, value) in options.Settings)
            environment[setting] = value;
        return new ProcessPlan(name, BuiltPrograms.Runtime, [program], environment, folder.Log(name), ports);
    }

    private static string Loopback(int port) => $"http://127.0.0.1:{port}";

    private static string Text(int port) => port.ToString(CultureInfo.InvariantCulture);
}
