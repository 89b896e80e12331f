using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Npgsql;
using Orleans.Configuration;
using TravelHub.Grains.Abstractions.Operations;
using TravelHub.Testing;

namespace TravelHub.Cluster.Tests.Operations;

public sealed class OperationsGrainTests(PostgresFixture postgres, PaymentSandboxFixture provider) : IAsyncLifetime
{
    private string _connectionString = "";
    private GrainCluster _cluster = null!;

    private IOperationsGrain Operations => _cluster.Grains.GetGrain<IOperationsGrain>(0);

    private IServiceProvider Second => _cluster.Silos.GetSiloServiceProvider(_cluster.Silos.Silos[1].SiloAddress);

    private ILocalSiloDetails Silo => Second.GetRequiredService<ILocalSiloDetails>();

    private bool IsStopping => Second.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping.IsCancellationRequested;

    public async ValueTask InitializeAsync()
    {
        _connectionString = await postgres.NewTravelHubDatabase($"operations_{Guid.NewGuid():N}", TestContext.Current.CancellationToken);
        _cluster = await GrainCluster.Start(_connectionString, provider, silos: 2);
    }

    public ValueTask DisposeAsync() => _cluster.DisposeAsync();

    /// <summary>Who asks may have seen no life of the silo, or an older one: what is there is told.</summary>
    [Fact]
    public async Task Deactivate_WhateverLifeIsThere_IsToldToStop()
    {
        var (name, life) = (Silo.Name, Silo.SiloAddress);
        var isStopping = Second.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping;

        var answer = await Operations.Deactivate(name, "ann", await Operations.Now());

        Assert.Null(answer.WhyNot);
        Assert.Equal(life, Assert.Single(answer.Told));
        Assert.Equal(name, Assert.Single(await Operations.Away()));
        var stops = new TaskCompletionSource();
        await using var _ = isStopping.Register(stops.SetResult);
        await stops.Task.WaitAsync(TimeSpan.FromSeconds(60), TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task Deactivate_RepeatedAfterARestart_IsOvertakenAndStopsNobody()
    {
        var first = await Operations.Now();
        Assert.Null((await Operations.Restart(Silo.Name, life: null, "bob", await Operations.Now())).WhyNot);

        var repeat = await Operations.Deactivate(Silo.Name, "ann", first);

        Assert.Equal("overtaken", repeat.WhyNot?.Code);
        Assert.Empty(await Operations.Away());
        Assert.False(IsStopping);
    }

    [Fact]
    public async Task Away_WhileAnOperationIsUnderWay_Answers()
    {
        const string Absent = "silo-9";
        await using var connection = new NpgsqlConnection(_connectionString);
        await connection.OpenAsync(TestContext.Current.CancellationToken);
        Task<SiloWishAnswer> underWay;
        await using (await connection.BeginTransactionAsync(TestContext.Current.CancellationToken))
        {
            await using var wish = new NpgsqlCommand("INSERT INTO silo_wishes (cluster_id, silo, is_wanted, asked_by) VALUES ($1, $2, true, 'bob')", connection);
            wish.Parameters.Add(new NpgsqlParameter<string> { TypedValue = Second.GetRequiredService<IOptions<ClusterOptions>>().Value.ClusterId });
            wish.Parameters.Add(new NpgsqlParameter<string> { TypedValue = Absent });
            await wish.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
            underWay = Operations.Deactivate(Absent, "ann", await Operations.Now());
            await UntilOneWaits();

            Assert.Empty(await Operations.Away().WaitAsync(TimeSpan.FromSeconds(10), TestContext.Current.CancellationToken));
            Assert.False(underWay.IsCompleted);
        }

        Assert.Null((await underWay).WhyNot);
    }

    private async Task UntilOneWaits()
    {
        await using var waiting = _cluster.Database.CreateCommand(
            "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock' AND query LIKE '%silo_wishes%'");
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        patience.CancelAfter(TimeSpan.FromSeconds(60));
        while ((long)(await waiting.ExecuteScalarAsync(patience.Token))! == 0)
            await Task.Delay(TimeSpan.FromMilliseconds(10), TimeProvider.System, patience.Token);
    }
}
