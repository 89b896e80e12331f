using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using TravelHub.Grains.Abstractions.Catalog;
using TravelHub.Grains.Abstractions.Inventory;
using TravelHub.Grains.EventLog;
using TravelHub.Grains.Reservations;

namespace TravelHub.Grains.Inventory;

/// <summary>
/// Passes on decisions in the order of the log. A decision that an inventory could not take keeps the cursor before it, so that it is told again; the
/// ones behind it are told meanwhile. Telling twice is harmless: the ruling carries the reservation's version.
/// </summary>
internal sealed class ResyncGrain(LogReader log, LogMetrics metrics, IOptions<InventoryOptions> options, ILogger<ResyncGrain> logger)
    : Grain, IResyncGrain, IRemindable
{
    public const string Reader = "inventory";

    private const string ReminderName = "resync";
    private const int PageSize = 1_000;

    // Confirmed is not among them: a hold that hears nothing asks when its time is up. What is sold or gone asks nobody.
    private static readonly string[] Decisions = ["reservation.cancelled.v1", "reservation.lapsed.v1", "reservation.sold-out.v1"];

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
        var isAllTold = true;
        var told = 0;
        for (var isLast = false; !isLast;)
        {
            var page = await log.Read(cursor, PageSize, Decisions, CancellationToken.None);
            isAllTold &= await Tell(page.Events);
            if (isAllTold && page.Next != cursor)
                await log.Move(Reader, page.Next, CancellationToken.None);
            told += page.Events.Count;
            (cursor, isLast) = (page.Next, page.IsLast);
        }

        return told;
    }

    public async Task<ResyncLag> Lag()
    {
        var lag = await log.Lag(Reader, Decisions, CancellationToken.None);
        return new ResyncLag(lag.Events, lag.Behind, lag.Horizon);
    }

    private async Task<bool> Tell(IReadOnlyList<StreamEvent> decisions)
    {
        if (decisions.Count == 0)
            return true;
        var requests = await log.Requests(decisions.Select(d => d.Stream).Distinct(), CancellationToken.None);
        var words = decisions
            .Where(d => requests.ContainsKey(d.Stream))
            .SelectMany(d => ((ReservationEvent.Requested)requests[d.Stream].Event).Stays.Select((stay, i) => Tell(
                stay, ReservationState.Hold(ReservationStreams.Id(d.Stream), requests[d.Stream].Version, i),
                new HoldRuling(HoldFate.Released, d.Logged.Version))));
        return (await Task.WhenAll(words)).All(isTold => isTold);
    }

    private async Task<bool> Tell(PricedStay stay, HoldId hold, HoldRuling ruling)
    {
        try
        {
            await GrainFactory.GetGrain<IInventoryGrain>(stay.InventoryKey()).Settle(hold, ruling);
            return true;
        }
        catch (Exception e)
        {
            logger.LogWarning("Inventory {Inventory} could not be told of {Hold}; it is told again: {Error}", stay.InventoryKey(), hold, e.Message);
            return false;
        }
    }
}
