using System.Globalization;
using Npgsql;
using TravelHub.Client.Processes;
using TravelHub.Lab.Faults;
using TravelHub.Lab.Instances;
using TravelHub.Lab.Workload;

namespace TravelHub.Lab.DatabaseAway;

/// <summary>Loads an instance, takes its database away, gives it back, and measures until all of the service is there again.</summary>
internal sealed class DatabaseAwayRun(LabSite site, LabLoad load, OutageOptions outage, Action<string> say, TimeProvider time)
{
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan SiloAfterDatabase = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan ServicePatience = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan PollPeriod = TimeSpan.FromMilliseconds(20);

    private double _awaySeconds;
    private double? _fullServiceSeconds;
    private double? _silosReadySeconds;

    public async Task<DatabaseAwayReport> Run(CancellationToken cancellationToken)
    {
        var outcome = await new LabRun(site, load, say, time).Run((instance, gateway, _) => Play(instance, gateway, cancellationToken), cancellationToken);
        return new DatabaseAwayReport(
            load.Seed, site.Plant, outage.How.ToString(), outage.Silo.ToString(), _awaySeconds, _fullServiceSeconds, _silosReadySeconds, outcome);
    }

    private async Task Play(LabInstance instance, Gateway gateway, CancellationToken cancellationToken)
    {
        var probe = new ServiceProbe(gateway, load.Seed.ToString(CultureInfo.InvariantCulture), time);
        await Task.Delay(WarmUp, time, cancellationToken);
        // The rooms of the probe are somewhere before the database goes.
        await new ServiceProbe(gateway, $"before-{load.Seed}", time).WaitForFullService(ServicePatience, cancellationToken);

        var gone = time.GetTimestamp();
        say($"the database goes ({outage.How})");
        if (outage.How == OutageKind.Freeze)
        {
            var frozen = instance.DatabaseProcesses();
            Blow.MustHit(frozen.Count > 0 && frozen.Select(Signals.Pause).ToList()[0], "The pause of PostgreSQL");
            await WhileAway(instance, gone, cancellationToken);
            foreach (var process in frozen.Reverse())
                Signals.Continue(process);
        }
        else
        {
            using var away = await instance.TakeDatabaseAway();
            await WhileAway(instance, gone, cancellationToken);
        }

        await UntilItAnswers(instance.ConnectionString, cancellationToken);
        _awaySeconds = time.GetElapsedTime(gone).TotalSeconds;
        say("the database is back");
        var silos = UntilSilosAreReady(instance, cancellationToken);
        _fullServiceSeconds = (await probe.WaitForFullService(ServicePatience, cancellationToken))?.TotalSeconds;
        say(string.Create(CultureInfo.InvariantCulture, $"full service {_fullServiceSeconds:0.0} s after it"));
        _silosReadySeconds = await silos;
    }

    private async Task WhileAway(LabInstance instance, long gone, CancellationToken cancellationToken)
    {
        await Task.Delay(SiloAfterDatabase, time, cancellationToken);
        var silo = new Random(load.Seed).Next(LabInstance.Silos) + 1;
        if (outage.Silo != SiloFate.None)
            say($"{outage.Silo} silo-{silo}");
        if (outage.Silo == SiloFate.Kill)
            Blow.MustHit(Signals.End(instance.Silo(silo)), FormattableString.Invariant($"The death of silo-{silo}"));
        if (outage.Silo == SiloFate.Restart)
            Blow.MustHit(Signals.AskToEnd(instance.Silo(silo)), FormattableString.Invariant($"The stop of silo-{silo}"));
        var left = outage.Length - time.GetElapsedTime(gone);
        if (left > TimeSpan.Zero)
            await Task.Delay(left, time, cancellationToken);
    }

    private async Task UntilItAnswers(string connectionString, CancellationToken cancellationToken)
    {
        var address = new NpgsqlConnectionStringBuilder(connectionString) { Pooling = false, Timeout = 1 }.ConnectionString;
        while (true)
        {
            try
            {
                await using var connection = new NpgsqlConnection(address);
                await connection.OpenAsync(cancellationToken);
                return;
            }
            catch (NpgsqlException)
            {
                await Task.Delay(PollPeriod, time, cancellationToken);
            }
        }
    }

    private async Task<double?> UntilSilosAreReady(LabInstance instance, CancellationToken cancellationToken)
    {
        var start = time.GetTimestamp();
        using var tooLong = new CancellationTokenSource(ServicePatience, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, tooLong.Token);
        try
        {
            await Task.WhenAll(Enumerable.Range(1, LabInstance.Silos)
                .Select(number => Readiness.Wait(instance.SiloHealth(number), time, either.Token)));
            return time.GetElapsedTime(start).TotalSeconds;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return null;
        }
    }
}
