using System.CommandLine;
using System.Globalization;
using System.Security.Cryptography;
using System.Text.Encodings.Web;
using System.Text.Json;
using Npgsql;
using TravelHub.Client.Http;
using TravelHub.Client.Replay.Audit;

namespace TravelHub.Client.Replay;

/// <summary>The command <c>replay</c>: a real hotel's bookings in the order in which they happened, then a check of what was stored.</summary>
internal sealed class ReplayCommand
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        // The text goes to a terminal or a file, never into a page.
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    private readonly Argument<string> _file = new("FILE") { Description = "The published hotel-demand data, .csv or .csv.gz." };

    private readonly Option<int> _clients = new("--clients")
    {
        Description = "How many clients send at once, 1 to 1,000. One sends strictly in order.",
        DefaultValueFactory = _ => 1,
    };

    private readonly Option<int?> _limit = new("--limit") { Description = "Replays only that many rows from the start of the file." };

    private readonly Option<decimal> _capacityShare = new("--capacity-share")
    {
        Description = "Which part of its peak demand each room type offers, above 0 up to 10.",
        DefaultValueFactory = _ => 0.8m,
    };

    private readonly Option<bool> _json = new("--json") { Description = "Prints the report as one JSON object, and no progress." };

    private readonly TargetOptions _target = new();

    private readonly TimeProvider _time = TimeProvider.System;

    public static Command Create() => new ReplayCommand().Build();

    private Command Build()
    {
        Require(_clients, value => value is >= 1 and <= 1000, "--clients must be 1 to 1,000.");
        Require(_limit, value => value is null or >= 1, "--limit must be at least 1.");
        Require(_capacityShare, value => value is > 0 and <= 10, "--capacity-share must be above 0, up to 10.");
        var command = new Command("replay", "Replays a real hotel's bookings and cancellations, and checks that none was lost, doubled or oversold.")
        {
            _file, _clients, _limit, _capacityShare, _json,
        };
        _target.AddAll(command);
        command.SetAction(Run);
        return command;
    }

    private async Task<int> Run(ParseResult command, CancellationToken cancellationToken)
    {
        try
        {
            var report = await Replay(command, cancellationToken);
            if (command.GetValue(_json))
                Console.Out.WriteLine(JsonSerializer.Serialize(report, Json));
            else
                ReplayReportText.Write(report, Console.Out);
            return report.Passed ? 0 : 1;
        }
        catch (InputException e)
        {
            await Console.Error.WriteLineAsync(e.Message);
            return InputException.ExitCode;
        }
        catch (TravelHubException e)
        {
            await Console.Error.WriteLineAsync($"The replay could not begin: {e.Message}");
            return 1;
        }
    }

    private async Task<ReplayReport> Replay(ParseResult command, CancellationToken cancellationToken)
    {
        var path = command.GetRequiredValue(_file);
        var clients = command.GetValue(_clients);
        var share = command.GetValue(_capacityShare);
        var demand = DemandFile.Read(path, command.GetValue(_limit));
        var target = _target.Resolve(command);
        if (target.ClientKey.Length == 0)
            throw new InputException("Say which key books: --client-key, or --data DIR.");
        await using var database = Database(target);
        var audit = new ReplayAudit(database, Provider(target), _time);

        // The seed is part of the run's name, so that it can be read off every id.
        var seed = RandomNumberGenerator.GetInt32(int.MaxValue);
        var now = _time.GetUtcNow();
        var run = $"{now.ToString("yyyyMMddHHmmss", CultureInfo.InvariantCulture)}-{seed:x8}";
        var plan = new ReplayPlanner(run, share, DateOnly.FromDateTime(now.UtcDateTime)).Plan(demand.Rows);

        await PutProperties(plan, target, new Random(seed), cancellationToken);
        var options = new ClientOptions { MaxConnections = clients };
        using var client = new TravelHubClient(target.Url, target.ClientKey, options, _time, new Random(seed));
        var tally = new ReplayTally(_time);
        var runner = new ReplayRunner(plan, client, tally, _time);
        var began = _time.GetTimestamp();
        var isQuiet = command.GetValue(_json) || Console.IsOutputRedirected;
        var answers = await ReplayProgress.Show(runner.Run(clients, cancellationToken), tally, plan.Steps.Count, isQuiet, _time);
        var (elapsedSeconds, stretch) = (_time.GetElapsedTime(began).TotalSeconds, tally.LongestStretch);

        var checks = await audit.Run(plan, answers, cancellationToken);
        var odd = OddTally.Kinds.Select(kind => new OddReport(kind.Name, demand.Odd.Of(kind.Kind), demand.Odd.First(kind.Kind))).ToList();
        return new ReplayReport(
            run, path, clients, share, plan.ShiftWeeks, plan.Properties.Select(property => property.Id).ToList(), demand.RowsRead, odd,
            demand.Odd.Rows, plan.Bookings.Count, tally.Accepted, tally.SoldOut, tally.Cancelled, tally.CancellationsSkipped, tally.Errors,
            tally.FirstErrors, tally.Requests, elapsedSeconds, tally.Requests / elapsedSeconds, tally.BookingMilliseconds(50),
            tally.BookingMilliseconds(99), Math.Round(stretch.TotalSeconds, 2), checks);
    }

    private async Task PutProperties(ReplayPlan plan, Target target, Random random, CancellationToken cancellationToken)
    {
        using var client = new TravelHubClient(target.Url, target.OperatorKey, new ClientOptions(), _time, random);
        foreach (var property in plan.Properties)
            await client.PutProperty(property.Id, property.Document, cancellationToken);
    }

    // What the checks need is looked at before anything is sent, not after an hour of sending.
    private static NpgsqlDataSource? Database(Target target)
    {
        if (target.ConnectionString is not { Length: > 0 } connection)
            return null;
        try
        {
            return NpgsqlDataSource.Create(connection);
        }
        catch (Exception e) when (e is ArgumentException or FormatException)
        {
            throw new InputException($"The connection string cannot be used: {e.Message}", e);
        }
    }

    private static ProviderStore? Provider(Target target)
    {
        if (target.ProviderStorePath is not { } path)
            return null;
        return File.Exists(path) ? new ProviderStore(path) : throw new InputException($"The provider's store {path} does not exist.");
    }

    private static void Require<T>(Option<T> option, Func<T?, bool> isRight, string otherwise) => option.Validators.Add(result =>
    {
        if (!isRight(result.GetValueOrDefault<T>()))
            result.AddError(otherwise);
    });
}
