using Npgsql;
using TravelHub.Testing;

namespace TravelHub.Client.Tests.Replay.Audit;

/// <summary>A database with an empty log for the tests of a class.</summary>
public sealed class AuditDatabase(PostgresFixture postgres) : IAsyncLifetime
{
    public NpgsqlDataSource Source { get; private set; } = null!;

    public async ValueTask InitializeAsync() =>
        Source = NpgsqlDataSource.Create(await postgres.NewTravelHubDatabase($"audit_{Guid.NewGuid():N}", TestContext.Current.CancellationToken));

    public ValueTask DisposeAsync() => Source.DisposeAsync();
}
