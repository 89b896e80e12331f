using System.Collections.Immutable;
using System.Data.Common;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using TravelHub.Grains.Abstractions.Analytics;
using TravelHub.Grains.Abstractions.Catalog;
using TravelHub.Grains.EventLog;

namespace TravelHub.Grains.Analytics;

/// <summary>Reads the log on when its reminder comes, and answers questions beside that.</summary>
[AnalyticsRole]
internal sealed class AnalyticsGrain(
    AnalyticsDatabase database, IOptions<AnalyticsOptions> options, LogMetrics metrics, TimeProvider time, ILogger<AnalyticsGrain> logger)
    : Grain, IAnalyticsGrain, IRemindable
{
    public const string Reader = "analytics";

    private const int MostAsked = 200;

    private static readonly TimeSpan PatienceForATurn = TimeSpan.FromSeconds(1);

    private readonly AnalyticsStore _store = new(database.Figures);
    private readonly AnalyticsReports _reports = new(database.Figures);
    private readonly AnalyticsReader _reader = new(database, new LogReader(database.Log), options.Value.PageSize, time);
    private long? _lagEvents;
    private bool _isAway;

    public Task Start() => this.KeepReminders((Reader, options.Value.ReadPeriod));

    public async Task ReceiveReminder(string reminderName, TickStatus status)
    {
        try
        {
            await Run();
            var lag = await _reader.Lag(CancellationToken.None);
            _lagEvents = lag.Events;
            metrics.Report(Reader, lag);
            await AskWhereTheyAre();
            if (_isAway)
                logger.LogInformation("Analytics' database is back");
            _isAway = false;
        }
        catch (Exception e)
        {
            _lagEvents = null;
            metrics.Withdraw(Reader);
            if (!_isAway)   // once, not each period
                logger.LogWarning("Figures are not brought on; it is tried again: {Error}", e.Message);
            _isAway = true;
        }
    }

    public override Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        metrics.Withdraw(Reader);
        return Task.CompletedTask;
    }

    public async Task<long> Run()
    {
        try
        {
            var began = time.GetTimestamp();
            var events = 0L;
            while (true)
            {
                var (read, isLast) = await _reader.Step(CancellationToken.None);
                events += read;
                if (isLast || time.GetElapsedTime(began) > options.Value.RunFor)
                    return events;
                await Task.Delay(options.Value.PauseBetweenPages, time);
            }
        }
        catch (Exception e) when (IsAway(e))
        {
            throw Away(e);
        }
    }

    // One row, past the turns and the budget of questions: that it is asked much doesn't mean that it is dead.
    public async Task<AnalyticsProgress> Progress()
    {
        try
        {
            await database.Prepare(CancellationToken.None);
            return Told(await _store.Place(CancellationToken.None));
        }
        catch (Exception e) when (IsAway(e))
        {
            throw Away(e);
        }
    }

    public Task<AnalyticsPage<BookingFigures>> Bookings(AnalyticsQuery query) => Ask(() => Page(() => _reports.Bookings(query, CancellationToken.None)));

    public Task<AnalyticsPage<NightFigures>> Nights(AnalyticsQuery query) => Ask(() => Page(() => _reports.Nights(query, CancellationToken.None)));

    private async Task<AnalyticsPage<T>> Page<T>(Func<Task<ImmutableArray<T>>> rows)
    {
        // In this order: the figures are at least that new.
        var place = await _store.Place(CancellationToken.None);
        return new AnalyticsPage<T>(await rows(), Told(place));
    }

    private AnalyticsProgress Told(AnalyticsPlace place) => new(place.Events, place.AsOf, _lagEvents);

    private async Task<T> Ask<T>(Func<Task<T>> question)
    {
        if (!await database.Turns.WaitAsync(PatienceForATurn))
            throw TooMany();
        try
        {
            var wait = database.Budget.Wait();
            await Task.Delay(wait < PatienceForATurn ? wait : PatienceForATurn, time);
            if (wait > PatienceForATurn)
                throw TooMany();   // after the wait, in its turn: who asks again and again would take more of the machine with refusals than with answers
            await database.Prepare(CancellationToken.None);
            var began = time.GetTimestamp();
            try
            {
                return await question();
            }
            finally
            {
                database.Budget.Spend(time.GetElapsedTime(began));
            }
        }
        catch (Exception e) when (IsAway(e))
        {
            throw Away(e);
        }
        finally
        {
            database.Turns.Release();
        }
    }

    private static AnalyticsAwayException TooMany() => new("Too many questions are being answered; ask again later.");

    private async Task AskWhereTheyAre()
    {
        var properties = await _store.Unplaced(options.Value.DestinationsHoldFor, MostAsked, CancellationToken.None);
        if (properties.Count == 0)
            return;
        var answers = await Task.WhenAll(properties.Select(async property =>
            (property, (await GrainFactory.GetGrain<IPropertyGrain>(property).Get())?.Destination ?? "")));
        await _store.Place(answers, CancellationToken.None);
    }

    private AnalyticsAwayException Away(Exception why)
    {
        database.Doubt();
        return new AnalyticsAwayException($"Analytics' database does not answer ({why.GetType().Name}).");
    }

    private static bool IsAway(Exception e) => e is DbException or TimeoutException or IOException or InvalidOperationException { InnerException: DbException };
}
