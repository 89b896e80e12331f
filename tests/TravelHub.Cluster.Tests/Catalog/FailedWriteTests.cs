using TravelHub.Grains.Abstractions.Catalog;
using TravelHub.Testing;

namespace TravelHub.Cluster.Tests.Catalog;

/// <summary>Grain storage refuses a write: what the grain remembers must not run ahead of what is stored.</summary>
public sealed class FailedWriteTests(PostgresFixture postgres, PaymentSandboxFixture provider) : IAsyncLifetime
{
    private GrainCluster _cluster = null!;

    public async ValueTask InitializeAsync() => _cluster = await GrainCluster.Start(
        await postgres.NewTravelHubDatabase($"failed_write_{Guid.NewGuid():N}", TestContext.Current.CancellationToken), provider);

    public ValueTask DisposeAsync() => _cluster.DisposeAsync();

    [Fact]
    public async Task Add_RepeatedAfterAFailedWrite_IsStored()
    {
        var lisbon = _cluster.Grains.GetGrain<IDestinationGrain>("lisbon");
        await lisbon.Add("first");

        await WithoutWrites(() => Assert.ThrowsAnyAsync<Exception>(() => lisbon.Add("second")));
        await lisbon.Add("second");

        Assert.Equal(1, await Stored("first"));
        Assert.Equal(1, await Stored("second"));
    }

    [Fact]
    public async Task Put_FailedWrite_IsNotServed()
    {
        var id = await ClusterFixture.NewProperty(_cluster.Grains, rooms: 3);
        var property = _cluster.Grains.GetGrain<IPropertyGrain>(id);
        var before = (await property.Get())!;

        await WithoutWrites(() => Assert.ThrowsAnyAsync<Exception>(() => property.Put(before with { Name = "Another name" }, version: 1)));

        Assert.Equal(before.Name, (await property.Get())!.Name);
    }

    private async Task WithoutWrites(Func<Task> act)
    {
        await Execute("ALTER TABLE orleansstorage ADD CONSTRAINT nothing_new CHECK (false) NOT VALID");
        await act();
        await Execute("ALTER TABLE orleansstorage DROP CONSTRAINT nothing_new");
    }

    private async Task Execute(string sql)
    {
        await using var command = _cluster.Database.CreateCommand(sql);
        await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
    }

    private async Task<long> Stored(string propertyId)
    {
        await using var command = _cluster.Database.CreateCommand(
            "SELECT count(*) FROM orleansstorage WHERE position($1::bytea IN payloadbinary) > 0");
        command.Parameters.AddWithValue(System.Text.Encoding.UTF8.GetBytes(propertyId));
        return (long)(await command.ExecuteScalarAsync(TestContext.Current.CancellationToken))!;
    }
}
