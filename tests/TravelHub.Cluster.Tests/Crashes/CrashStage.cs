using System.Globalization;
using Npgsql;
using TravelHub.Grains.Abstractions;
using TravelHub.Grains.Abstractions.Reservations;
using TravelHub.Testing;

namespace TravelHub.Cluster.Tests.Crashes;

/// <summary>What came of a row.</summary>
/// <param name="Acknowledged">The status that the client was told before the silo died; null when it was told nothing.</param>
/// <param name="Answer">The status that its retry was told; null when there was none.</param>
/// <param name="Left">Rooms of each type that the inventories say are left.</param>
internal sealed record CrashOutcome(string? Acknowledged, string? Answer, int[] Left, CrashEvidence Evidence);

/// <summary>A database on which silos die, and one then finishes the work.</summary>
internal sealed class CrashStage(
    string connectionString, NpgsqlDataSource database, PaymentSandboxFixture provider, string folder, CancellationToken tooLong)
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan PollPeriod = TimeSpan.FromMilliseconds(100);

    private readonly Dictionary<CrashCase, string?> _acknowledged = [];

    /// <summary>Plays the row's scene on a silo that dies by its failpoint. The silo does nothing by itself but to ask about holds whose time is up.</summary>
    public async Task Die(CrashCase played)
    {
        await using var silo = await Start(
        [
            .. Armed(played, played.Row.Failpoint),
            ("Reservations:HoldLifetime", TimeSpan.FromSeconds(played.Row.HoldSeconds).ToString("c", CultureInfo.InvariantCulture)),
            ("Inventory:ResyncPeriod", played.Row.Resyncs ? "00:00:01" : "00:10:00"),
        ]);
        var acting = Act(new CrashClient(await silo.Connect(tooLong), provider, played));
        try
        {
            await silo.Died(Patience);
        }
        catch (InvalidOperationException e) when (acting.Exception is { } why)
        {
            throw new InvalidOperationException($"{e.Message}\nThe client says: {why}", e);
        }

        acting.Ignore();
        var acknowledged = acting.IsCompletedSuccessfully ? await acting : null;
        lock (_acknowledged)
            _acknowledged[played] = acknowledged;
    }

    /// <summary>Lets the client come back to a second silo, which dies too.</summary>
    public async Task DieAgain(CrashCase played)
    {
        await using var silo = await Start([.. Armed(played, played.Row.DiesAgain!), ("Inventory:ResyncPeriod", "00:10:00")]);
        var client = new CrashClient(await silo.Connect(tooLong), provider, played);
        if (played.Row.Finish == Crashes.Finish.Look)
            client.Left().Ignore();
        else
            played.Row.Scene.Command(client).Ignore();
        await silo.Died(Patience);
    }

    /// <summary>Waits until a short hold's time is up, by the clock of the silos.</summary>
    public async Task UntilHoldsEnd(CrashCase played)
    {
        if (played.Row.HoldSeconds == CrashRow.Long)
            return;
        var end = await CrashEvidence.HoldsEnd(database, played);
        while (TimeProvider.System.GetUtcNow() <= end)
            await Task.Delay(PollPeriod, TimeProvider.System, tooLong);
    }

    /// <summary>Starts the silo that finishes all rows that died here.</summary>
    /// <param name="all">Is given what finishes one row and reads its evidence.</param>
    public async Task Finish(Func<Func<CrashCase, Task<CrashOutcome>>, Task> all)
    {
        await using var silo = await Start(Finishing);
        var grains = await silo.Connect(tooLong);
        await all(played => Finish(new CrashClient(grains, provider, played)));
    }

    private async Task<CrashOutcome> Finish(CrashClient client)
    {
        var played = client.Case;
        string? answer = null;
        if (played.Row.Finish == Crashes.Finish.Retry)
            answer = await Repeat(client);
        if (played.Row.Finish == Crashes.Finish.Look)
            await client.Left();
        var start = TimeProvider.System.GetTimestamp();
        var evidence = await CrashEvidence.Read(database, provider, played);
        while (!CrashInvariants.IsAtRest(evidence) && TimeProvider.System.GetElapsedTime(start) < Patience)
        {
            await Task.Delay(PollPeriod, TimeProvider.System, tooLong);
            evidence = await CrashEvidence.Read(database, provider, played);
        }

        return new CrashOutcome(_acknowledged[played], answer, await client.Left(), evidence);
    }

    private static (string Name, string Value)[] Finishing =>
        [("Reservations:RecoveryPeriod", "00:00:01"), ("Inventory:ResyncPeriod", "00:00:01")];

    private static (string Name, string Value)[] Armed(CrashCase played, string failpoint) =>
    [
        ("Faults:Enabled", "true"), ("Faults:Failpoint", failpoint), ("Faults:FailpointStream", played.ArmedStream),
        ("Reservations:RecoveryPeriod", "01:00:00"),
    ];

    private Task<CrashSilo> Start((string Name, string Value)[] settings) => CrashSilo.Start(
        connectionString, provider, folder,
        [.. settings, ("Reservations:ResumeAfter", "00:00:01"), ("Inventory:AskPeriod", "00:00:00.200"), ("Inventory:EventsPerSnapshot", "10")], tooLong);

    private static async Task<string?> Act(CrashClient client)
    {
        await client.PutProperty();
        await client.Case.Row.Scene.Prepare(client);
        return StatusOf(await client.Case.Row.Scene.Command(client));
    }

    // As the gateway does: the same command under the same key, until there is an answer.
    private static async Task<string?> Repeat(CrashClient client)
    {
        var start = TimeProvider.System.GetTimestamp();
        while (true)
        {
            try
            {
                if (StatusOf(await client.Case.Row.Scene.Command(client)) is var status and not ReservationStatus.Pending)
                    return status;
            }
            catch (Exception e) when (e is AppendRefusedException or LogUnavailableException && TimeProvider.System.GetElapsedTime(start) < Patience)
            {
                // The activation was replaced; the next one knows better.
            }

            await Task.Delay(PollPeriod, TimeProvider.System);
        }
    }

    private static string? StatusOf(ReservationOutcome outcome) => outcome is ReservationOutcome.Done(var view, _) ? view.Status : outcome.ToString();
}
