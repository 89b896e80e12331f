using Microsoft.Extensions.Time.Testing;
using TravelHub.Grains.Analytics;

namespace TravelHub.Grains.Tests.Analytics;

public sealed class AnalyticsBudgetTests
{
    private readonly FakeTimeProvider _time = new();

    [Fact]
    public void Wait_WhatIsSavedUp_IsSpentAtOnce()
    {
        var budget = Budget();
        budget.Spend(TimeSpan.FromSeconds(4));

        Assert.Equal(TimeSpan.Zero, budget.Wait());
    }

    [Fact]
    public void Wait_MoreThanSavedUp_IsPaidOffByTheShare()
    {
        var budget = Budget();
        budget.Spend(TimeSpan.FromSeconds(6));   // a second too much, at a tenth

        Assert.Equal(TimeSpan.FromSeconds(10), budget.Wait());
        _time.Advance(TimeSpan.FromSeconds(11));
        Assert.Equal(TimeSpan.Zero, budget.Wait());
    }

    [Fact]
    public void Spend_AfterALongPause_HasNoMoreSavedUpThanTheMost()
    {
        var budget = Budget();
        _time.Advance(TimeSpan.FromHours(1));
        budget.Spend(TimeSpan.FromSeconds(5.5));

        Assert.Equal(TimeSpan.FromSeconds(5), budget.Wait());
    }

    /// <summary>Answers that cost the database nothing cost the silo something: of them a flood gets two a second.</summary>
    [Fact]
    public void Spend_QuickAnswers_CostTheLeastThereIs()
    {
        var budget = Budget();
        for (var answers = 0; answers <= 100; answers++)
            budget.Spend(TimeSpan.FromMilliseconds(1));

        Assert.Equal(AnalyticsBudget.LeastCost * 10, budget.Wait());
    }

    /// <summary>Whoever asks without a pause gets a tenth of the time, and what was saved up.</summary>
    [Fact]
    public void Spend_Flood_IsTheShareOfTheTime()
    {
        var budget = Budget();
        var (start, busy) = (_time.GetTimestamp(), TimeSpan.Zero);
        while (_time.GetElapsedTime(start) < TimeSpan.FromMinutes(10))
        {
            _time.Advance(budget.Wait() + TimeSpan.FromMilliseconds(1));
            if (budget.Wait() > TimeSpan.Zero)
                continue;
            _time.Advance(TimeSpan.FromMilliseconds(200));
            budget.Spend(TimeSpan.FromMilliseconds(200));
            busy += TimeSpan.FromMilliseconds(200);
        }

        Assert.InRange(busy.TotalSeconds, 60, 67);
    }

    private AnalyticsBudget Budget() => new(share: 0.1, TimeSpan.FromSeconds(5), _time);
}
