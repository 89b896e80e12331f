using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Npgsql;
using TravelHub.Grains.Abstractions.Reservations;
using TravelHub.Testing;

namespace TravelHub.Api.Tests.Operations;

public sealed class ClusterEndpointsTests(GatewayFixture service)
{
    [Fact]
    public async Task Cluster_OneSilo_ShowsItsLoadAndReplicas()
    {
        var silo = await Silo(service, "silo-1", s => s["activations"] is not null && s["isAway"] is not null && s["replicas"]!.AsArray().Count == 15);

        Assert.Equal("Active", silo["status"]!.GetValue<string>());
        Assert.False(silo["isAway"]!.GetValue<bool>());
        Assert.InRange(silo["activations"]!.GetValue<int>(), 15, 1_000_000);
        Assert.InRange(silo["cpuPercent"]!.GetValue<double>(), 0, 100);
        Assert.InRange(silo["memoryBytes"]!.GetValue<long>(), 1 << 20, 1L << 40);
    }

    [Theory]
    [InlineData("/v1/cluster")]
    [InlineData("/v1/cluster/grains")]
    public async Task Cluster_WithAClientsKey_Is403(string path) => await (await service.Client.Read(path)).IsProblem(403, "forbidden");

    [Fact]
    public async Task Deactivate_OnlySilo_IsRefused() =>
        await (await service.Operator.Post("/v1/cluster/silos/silo-1/deactivation", "")).IsProblem(409, "last-silo");

    [Fact]
    public async Task Deactivate_UnknownSilo_Is404() =>
        await (await service.Operator.Post("/v1/cluster/silos/silo-9/deactivation", "")).IsProblem(404, "unknown-silo");

    [Fact]
    public async Task DeactivateGrain_InMemory_LeavesAndComesBack()
    {
        var property = await service.NewProperty(rooms: 3, TestContext.Current.CancellationToken);
        Assert.True((await service.Anyone.Read($"/v1/properties/{property}/calendar?from=2030-01-10&to=2030-01-12")).IsSuccessStatusCode);

        var answer = await (await service.Operator.Post($"/v1/cluster/grains/inventory/{property}%2FSTD/deactivation", "")).Json();

        Assert.Equal(("inactive", true), (answer["status"]!.GetValue<string>(), answer["wasActive"]!.GetValue<bool>()));
        Assert.True((await service.Anyone.Read($"/v1/properties/{property}/calendar?from=2030-01-10&to=2030-01-13")).IsSuccessStatusCode);
    }

    /// <summary>
    /// No directory knows where a reservation is, so that every silo has to be asked: the one that is asked first remembers those alone that live on it, or that
    /// were called through it.
    /// </summary>
    [Fact]
    public async Task DeactivateGrain_ReservationsOnTwoSilos_LeaveAndAreNotSaidToHaveBeenAway()
    {
        await using var own = new GatewayFixture();
        await own.InitializeAsync();
        await using var another = await own.StartAnotherSilo("silo-2");
        var held = Requests.Booking(await own.NewProperty(rooms: 16, TestContext.Current.CancellationToken));
        held["mode"] = "hold";
        await own.RestartGateway();   // it calls through both
        var grains = own.Gateway.GetRequiredService<IGrainFactory>();
        var ids = new List<Guid>();
        while (ids.Count < 16)
            ids.Add((await own.Client.Booked(held))["id"]!.GetValue<Guid>());
        var reservations = ids.Select(id => grains.GetGrain<IReservationGrain>(id).GetGrainId()).ToList();
        Assert.Equal(reservations.Count, (await InMemory()).Count());

        foreach (var id in ids)
        {
            var answer = await (await own.Operator.Post($"/v1/cluster/grains/reservation/{id}/deactivation", "")).Json();
            Assert.Equal("inactive", answer["status"]!.GetValue<string>());
            Assert.NotEqual(false, answer["wasActive"]?.GetValue<bool>());
        }

        Assert.Empty(await InMemory());

        async Task<IEnumerable<GrainId>> InMemory() =>
            reservations.Intersect(await grains.GetGrain<IManagementGrain>(0).GetActiveGrains(reservations[0].Type));
    }

    [Theory]
    [InlineData("no-such-type", "1")]
    [InlineData("reservation", "not-an-id")]
    [InlineData("recovery", "-1")]
    public async Task DeactivateGrain_ThatCantBe_Is404(string type, string key) =>
        await (await service.Operator.Post($"/v1/cluster/grains/{type}/{key}/deactivation", "")).IsProblem(404, "unknown-grain");

    /// <summary>The test stands in for the supervisor: it lets a silo end that was asked to, and starts it when it is wanted again.</summary>
    [Fact]
    public async Task Silo_DeactivatedAndRestarted_IsGoneAndBackWhenTheAnswerSaysSo()
    {
        await using var own = new GatewayFixture { GatewaySettings = ["--Operations:LongestStart=00:00:02"] };
        await own.InitializeAsync();
        await using var first = await own.StartAnotherSilo("silo-2");
        var ended = first.WaitForShutdownAsync(TestContext.Current.CancellationToken);

        var gone = await (await own.Operator.Post("/v1/cluster/silos/silo-2/deactivation", "")).Json();

        await ended;
        Assert.Equal(("Dead", true), (gone["status"]!.GetValue<string>(), gone["isDone"]!.GetValue<bool>()));
        await Silo(own, "silo-2", s => s["isAway"]?.GetValue<bool>() == true);

        // A life that was on its way all the while, and that nobody could tell: it joins, and ends by itself.
        await using (var late = await own.StartAnotherSilo("silo-2"))
            await late.WaitForShutdownAsync(CancellationToken.None).WaitAsync(TimeSpan.FromSeconds(60), TestContext.Current.CancellationToken);
        Assert.Equal("Dead", (await Silo(own, "silo-2", _ => true))["status"]!.GetValue<string>());

        // One that is dead already may have another life on its way: it is gone when a start's time has passed without any.
        var still = await (await own.Operator.Post("/v1/cluster/silos/silo-2/deactivation", "")).Json();
        Assert.Equal(("Dead", true), (still["status"]!.GetValue<string>(), still["isDone"]!.GetValue<bool>()));
        Assert.InRange(still["seconds"]!.GetValue<double>(), 2, 60);

        await using (var database = NpgsqlDataSource.Create(own.ConnectionString))
        await using (var connection = await database.OpenConnectionAsync(TestContext.Current.CancellationToken))
        await using (await connection.BeginTransactionAsync(TestContext.Current.CancellationToken))
        {
            await using var locked = new NpgsqlCommand("LOCK TABLE silo_wishes IN ACCESS EXCLUSIVE MODE", connection);
            await locked.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
            Assert.Null((await Silo(own, "silo-2", _ => true))["isAway"]);   // nobody can tell, which is not a no
        }

        var restart = own.Operator.Post("/v1/cluster/silos/silo-2/restart", "");
        await Silo(own, "silo-2", s => s["isAway"]?.GetValue<bool>() == false);
        await using var second = await own.StartAnotherSilo("silo-2");
        var back = await (await restart).Json();

        Assert.Equal(("Active", true), (back["status"]!.GetValue<string>(), back["isDone"]!.GetValue<bool>()));
    }

    private static async Task<JsonObject> Silo(GatewayFixture service, string name, Func<JsonObject, bool> isSo)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (true)
        {
            var silos = (await (await service.Operator.Read("/v1/cluster")).Json())["data"]!.AsArray().Select(s => s!.AsObject());
            if (silos.FirstOrDefault(s => s["name"]!.GetValue<string>() == name) is { } silo && isSo(silo))
                return silo;
            await Task.Delay(TimeSpan.FromMilliseconds(100), TimeProvider.System, patience.Token);
        }
    }
}
