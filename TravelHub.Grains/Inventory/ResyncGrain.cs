using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using TravelHub.Grains.Abstractions.Inventory;
using TravelHub.Grains.EventLog;
using TravelHub.Grains.Reservations;

namespace TravelHub.Grains.Inventory;

/// <summary>
/// Passes on decisions in the order of the log. What an inventory could not take is told again the next time, and keeps the cursor before it, for whoever
/// comes after this activation; the ones behind it are told meanwhile. Telling twice is harmless: the ruling carries the reservation's version.
/// </summary>
internal sealed class ResyncGrain(LogReader log, LogMetrics metrics, IOptions<InventoryOptions> options, ILogger<ResyncGrain> logger)
    : Grain, IResyncGrain, IRemindable
{
    public const string Reader = "inventory";

    private const string ReminderName = "resync";
    private const int PageSize = 1_000;

    // Confirmed is not among them: a hold that hears nothing asks when its time is up. What is sold or gone asks nobody.
    private static readonly string[] Decisions = ["reservation.cancelled.v1", "reservation.lapsed.v1", "reservation.sold-out.v1"];

    private List<Word> _untold = [];
    private LogCursor _movedTo;   // where the log has this reader, as far as this activation knows
    private LogCursor _readTo;    // all before it was told, but for what is untold

    public Task Start() => this.KeepReminders((ReminderName, options.Value.ResyncPeriod));

    public async Task ReceiveReminder(string reminderName, TickStatus status)
    {
        try
        {
            await Run();
            metrics.Report(Reader, await log.Lag(Reader, Decisions, CancellationToken.None));
        }
        catch
        {
            metrics.Withdraw(Reader);
            throw;
        }
    }

    public override Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        metrics.Withdraw(Reader);
        return Task.CompletedTask;
    }

    public Task Wake() => Run();

    public async Task<int> Run()
    {
        var cursor = await log.Cursor(Reader, CancellationToken.None);
        if (cursor != _movedTo)
            (_movedTo, _readTo, _untold) = (cursor, cursor, []);   // at the start, or sent back by somebody
        var (before, told) = (_untold.Count, 0);
        for (var isLast = false; !isLast;)
        {
            var page = await log.Read(_readTo, PageSize, Decisions, CancellationToken.None);
            _untold.AddRange(await Tell(await Words(page.Events)));
            (_readTo, isLast) = (page.Next, page.IsLast);
            told += page.Events.Count;
            await MoveIfAllAreTold();
        }

        var left = new List<Word>();
        foreach (var some in _untold.Take(before).Chunk(PageSize))
            left.AddRange(await Tell(some));
        _untold = [.. left, .. _untold.Skip(before)];
        await MoveIfAllAreTold();
        return told;
    }

    public async Task<ResyncLag> Lag()
    {
        var lag = await log.Lag(Reader, Decisions, CancellationToken.None);
        return new ResyncLag(lag.Events, lag.Behind, lag.Horizon);
    }

    private async Task MoveIfAllAreTold()
    {
        if (_untold.Count > 0 || _readTo == _movedTo)
            return;
        await log.Move(Reader, _readTo, CancellationToken.None);
        _movedTo = _readTo;
    }

    private async Task<List<Word>> Words(IReadOnlyList<StreamEvent> decisions)
    {
        if (decisions.Count == 0)
            return [];
        var requests = await log.Requests(decisions.Select(d => d.Stream).Distinct(), CancellationToken.None);
        return
        [
            .. decisions
                .Where(d => requests.ContainsKey(d.Stream))
                .SelectMany(d => ((ReservationEvent.Requested)requests[d.Stream].Event).Stays.Select((stay, i) => new Word(
                    stay.InventoryKey(), ReservationState.Hold(ReservationStreams.Id(d.Stream), requests[d.Stream].Version, i),
                    new HoldRuling(HoldFate.Released, d.Logged.Version)))),
        ];
    }

    /// <returns>Those that their inventories could not take.</returns>
    private async Task<List<Word>> Tell(IReadOnlyList<Word> words)
    {
        var areTold = await Task.WhenAll(words.Select(IsTold));
        return [.. words.Where((_, i) => !areTold[i])];
    }

    private async Task<bool> IsTold(Word word)
    {
        try
        {
            await GrainFactory.GetGrain<IInventoryGrain>(word.Inventory).Settle(word.Hold, word.Ruling);
            return true;
        }
        catch (Exception e)
        {
            logger.LogWarning("Inventory {Inventory} could not be told of {Hold}; it is told again: {Error}", word.Inventory, word.Hold, e.Message);
            return false;
        }
    }

    private readonly record struct Word(string Inventory, HoldId Hold, HoldRuling Ruling);
}
