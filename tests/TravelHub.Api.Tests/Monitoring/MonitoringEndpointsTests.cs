using System.Text.Json.Nodes;
using TravelHub.Testing;

namespace TravelHub.Api.Tests.Monitoring;

public sealed class MonitoringEndpointsTests(GatewayFixture service)
{
    private static readonly string[] Expected =
        ["gateway", "inventory", "payments", "provider", "replicas-0", "replicas-1", "replicas-2", "reservations", "search", "silo-1"];

    [Fact]
    public async Task Components_AfterTheFirstBeats_AreAliveWithTheGatewayAmongThem()
    {
        var components = await UntilAllAreAlive();

        Assert.Equal(Expected, components.Select(c => c["name"]!.GetValue<string>()));
        Assert.All(components, c => Assert.NotNull(c["heartbeat"]!["lastSeen"]));
    }

    [Fact]
    public async Task Detectors_WithDefaults_TellTheirBounds()
    {
        var detectors = (await (await service.Operator.Read("/v1/monitoring/detectors")).Json())["data"]!.AsArray();

        Assert.Equal(["heartbeat", "ping", "membership"], detectors.Select(d => d!["name"]!.GetValue<string>()));
        Assert.Equal(105, detectors[0]!["noticesWithinSeconds"]!.GetValue<double>());
        Assert.Equal(311, detectors[1]!["noticesWithinSeconds"]!.GetValue<double>());
    }

    [Fact]
    public async Task Detections_PageByPage_AreNewestFirst()
    {
        await UntilAllAreAlive();   // which is put on record of each
        var ids = new List<long>();
        for (string? after = ""; after is not null;)
        {
            var page = await (await service.Operator.Read($"/v1/monitoring/detections?limit=3{after}")).Json();
            ids.AddRange(page["data"]!.AsArray().Select(d => d!["id"]!.GetValue<long>()));
            Assert.Distinct(ids);   // else there would be no end
            after = page["meta"]!["after"]?.GetValue<string>() is { } next ? $"&after={next}" : null;
        }

        Assert.True(ids.Count >= Expected.Length, $"There are {ids.Count} detections.");
        Assert.Equal(ids.OrderDescending(), ids);
        var all = (await (await service.Operator.Read("/v1/monitoring/detections?limit=200")).Json())["data"]!.AsArray().Select(d => d!["id"]!.GetValue<long>());
        Assert.Equal(all.Where(id => id <= ids[0]), ids);
    }

    [Fact]
    public async Task Detections_LimitOutOfRange_Is422() =>
        await (await service.Operator.Read("/v1/monitoring/detections?limit=0")).IsProblem(422, "invalid-request");

    [Fact]
    public async Task Components_WithAClientsKey_Is403() => await (await service.Client.Read("/v1/monitoring/components")).IsProblem(403, "forbidden");

    private async Task<JsonObject[]> UntilAllAreAlive()
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        JsonObject[] components = [];
        while (components.Length < Expected.Length || !components.All(c => c["status"]!.GetValue<string>() == "alive"))
        {
            await Task.Delay(TimeSpan.FromMilliseconds(100), TimeProvider.System, patience.Token);
            var answer = await (await service.Operator.Read("/v1/monitoring/components")).Json();
            components = [.. answer["data"]!.AsArray().Select(c => c!.AsObject())];
        }

        return components;
    }
}
