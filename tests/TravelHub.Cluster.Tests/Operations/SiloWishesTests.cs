using Microsoft.Extensions.Options;
using Npgsql;
using Orleans.Configuration;
using TravelHub.Grains.Operations;
using TravelHub.Silo;
using TravelHub.Testing;

namespace TravelHub.Cluster.Tests.Operations;

public sealed class SiloWishesTests(PostgresFixture postgres) : IAsyncLifetime
{
    private const string Silo = "silo-2";

    private NpgsqlDataSource _database = null!;
    private SiloWishes _wishes = null!;

    public async ValueTask InitializeAsync()
    {
        var connectionString = await postgres.NewTravelHubDatabase($"wishes_{Guid.NewGuid():N}", TestContext.Current.CancellationToken);
        _database = PostgresCluster.DataSource(connectionString, "wishes-tests");
        _wishes = new SiloWishes(_database, Options.Create(new ClusterOptions { ClusterId = "wishes-tests" }));
    }

    public ValueTask DisposeAsync() => _database.DisposeAsync();

    [Fact]
    public async Task Set_RepeatedAfterALaterWish_ChangesNothing()
    {
        var first = await _wishes.Now();
        Assert.True(await _wishes.Set(Silo, isWanted: false, "ann", first));
        var later = await _wishes.Now();
        Assert.True(await _wishes.Set(Silo, isWanted: true, "bob", later));

        Assert.False(await _wishes.Set(Silo, isWanted: false, "ann", first));
        Assert.Empty(await _wishes.Away());
        Assert.True(await _wishes.Set(Silo, isWanted: true, "bob", later));   // its own repeat is no other wish
    }

    [Fact]
    public async Task Set_ClockWentBackSinceTheLast_Holds()
    {
        var now = await _wishes.Now();
        Assert.True(await _wishes.Set(Silo, isWanted: false, "ann", now.AddHours(1)));

        Assert.True(await _wishes.Set(Silo, isWanted: true, "bob", now));
        Assert.Empty(await _wishes.Away());
    }
}
