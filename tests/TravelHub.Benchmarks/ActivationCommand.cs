using System.CommandLine;
using Npgsql;
using TravelHub.Grains.Abstractions.Catalog;
using TravelHub.Grains.Abstractions.Inventory;
using TravelHub.Testing;

namespace TravelHub.Benchmarks;

/// <summary>How long a room type takes to be back from its log: from the events alone, and from a snapshot and those behind it.</summary>
internal static class ActivationCommand
{
    private const int CallersAtOnce = 256;
    private const string EventsSql = "SELECT version, type, payload, recorded_at FROM reservation_events WHERE stream = $1";
    private static readonly Nights Nights = new(new DateOnly(2030, 1, 10), new DateOnly(2030, 1, 13));

    public static Command Create()
    {
        var events = new Option<int>("--events") { Description = "Events behind the room type, 100 to 1,000,000.", DefaultValueFactory = _ => 10_000 };
        var runs = new Option<int>("--runs") { Description = "Activations of each kind, 1 to 1,000.", DefaultValueFactory = _ => 5 };
        var command = new Command("activation", "Times the first answer of a room type that has no activation.") { events, runs };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            await Run(Math.Clamp(parsed.GetValue(events), 100, 1_000_000), Math.Clamp(parsed.GetValue(runs), 1, 1_000), parsed.InvocationConfiguration.Output, cancellationToken);
            return 0;
        });
        return command;
    }

    private static async Task Run(int events, int runs, TextWriter output, CancellationToken cancellationToken)
    {
        await using var postgres = new PostgresFixture();
        await using var provider = new PaymentSandboxFixture();
        await Task.WhenAll(postgres.InitializeAsync().AsTask(), provider.InitializeAsync().AsTask());
        var connectionString = await postgres.NewTravelHubDatabase("benchmark", cancellationToken);

        await using (var cluster = await GrainCluster.Start(connectionString, provider, silos: 1, ("Inventory:EventsPerSnapshot", "1000000")))
        {
            await Fill(cluster, events);
            Report(output, "from its events", await Time(cluster, runs), await TimeCopy(connectionString, runs, cancellationToken));
        }

        await using (var cluster = await GrainCluster.Start(connectionString, provider, silos: 1, ("Inventory:EventsPerSnapshot", "1000")))
        {
            await Room(cluster).PlaceHold(new HoldId(Guid.NewGuid(), 0), Nights, 1, TimeProvider.System.GetUtcNow().AddDays(1));
            await UntilSnapshot(cluster, events, cancellationToken);
            Report(output, "from a snapshot", await Time(cluster, runs), copy: null);
        }

        void Report(TextWriter to, string how, TimeSpan[] times, TimeSpan? copy) => to.WriteLine(
            $"{events:N0} events, {how}: {times[times.Length / 2].TotalMilliseconds:N0} ms median, {times[^1].TotalMilliseconds:N0} ms slowest of {runs}"
            + (copy is { } c ? $"; COPY of them takes {c.TotalMilliseconds:N0} ms, ratio {times[times.Length / 2] / c:N1}" : ""));
    }

    private static IInventoryGrain Room(GrainCluster cluster) => cluster.Grains.GetGrain<IInventoryGrain>("benchmark/STD");

    // A hold and its sale are two events.
    private static async Task Fill(GrainCluster cluster, int events)
    {
        var until = TimeProvider.System.GetUtcNow().AddDays(1);
        await cluster.Grains.GetGrain<IPropertyGrain>("benchmark").Put(new PropertyDefinition(
            "Benchmark", "lisbon", "Europe/Lisbon", "EUR", 3_650, 0, new CancellationPolicy(1, 0),
            [new RoomType("STD", "Standard", 2, 10_000_000, 12_000, [])], []), version: 0);
        foreach (var some in Enumerable.Range(0, events / 2).Chunk(CallersAtOnce))
        {
            await Task.WhenAll(some.Select(async _ =>
            {
                var hold = new HoldId(Guid.NewGuid(), 0);
                await Room(cluster).PlaceHold(hold, Nights, 1, until);
                await Room(cluster).Settle(hold, new HoldRuling(HoldFate.Sold, 3));
            }));
        }
    }

    private static async Task<TimeSpan[]> Time(GrainCluster cluster, int runs)
    {
        var times = new TimeSpan[runs];
        for (var run = 0; run < runs; run++)
        {
            await UntilGone(cluster);
            var start = TimeProvider.System.GetTimestamp();
            await Room(cluster).Availability(Nights);
            times[run] = TimeProvider.System.GetElapsedTime(start);
        }

        return [.. times.Order()];
    }

    private static async Task UntilGone(GrainCluster cluster)
    {
        var management = cluster.Grains.GetGrain<IManagementGrain>(0);
        do
            await management.DeactivateGrain(Room(cluster).GetGrainId());
        while (await management.GetActivationAddress(Room(cluster)) is not null);
    }

    private static async Task<TimeSpan> TimeCopy(string connectionString, int runs, CancellationToken cancellationToken)
    {
        await using var connection = new NpgsqlConnection(connectionString);
        await connection.OpenAsync(cancellationToken);
        var times = new TimeSpan[runs];
        for (var run = 0; run < runs; run++)
        {
            var start = TimeProvider.System.GetTimestamp();
            using var copied = await connection.BeginTextExportAsync($"COPY ({EventsSql.Replace("$1", "'inventory/benchmark/STD'", StringComparison.Ordinal)}) TO STDOUT", cancellationToken);
            await copied.ReadToEndAsync(cancellationToken);
            times[run] = TimeProvider.System.GetElapsedTime(start);
        }

        return times.Order().ElementAt(runs / 2);
    }

    private static async Task UntilSnapshot(GrainCluster cluster, int version, CancellationToken cancellationToken)
    {
        await using var command = cluster.Database.CreateCommand("SELECT version FROM snapshots WHERE stream = 'inventory/benchmark/STD'");
        while (await command.ExecuteScalarAsync(cancellationToken) is not long saved || saved < version)
            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, cancellationToken);
    }
}
