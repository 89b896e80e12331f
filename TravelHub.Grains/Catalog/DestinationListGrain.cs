using System.Collections.Immutable;
using Npgsql;
using Orleans.Concurrency;
using TravelHub.Grains.Abstractions.Catalog;

namespace TravelHub.Grains.Catalog;

/// <summary>Reads which destinations are stored: each has a row of its own, so that nothing has to be kept in step with them.</summary>
[StatelessWorker]
internal sealed class DestinationListGrain(NpgsqlDataSource database) : Grain, IDestinationListGrain
{
    // A scan of the catalogue's rows, some hundreds to thousands; callers keep the answer for a while.
    private const string Sql = """
        SELECT DISTINCT grainidextensionstring FROM orleansstorage
        WHERE graintypestring = 'destination' AND grainidextensionstring IS NOT NULL AND payloadbinary IS NOT NULL
        ORDER BY 1
        """;

    public async Task<ImmutableArray<string>> List()
    {
        await using var command = database.CreateCommand(Sql);
        var destinations = ImmutableArray.CreateBuilder<string>();
        await using var rows = await command.ExecuteReaderAsync();
        while (await rows.ReadAsync())
            destinations.Add(rows.GetString(0));
        return destinations.ToImmutable();
    }
}
