using TravelHub.Lab.Experiments;

namespace TravelHub.Lab.Tests.Experiments;

public sealed class FindingTests
{
    private static readonly Condition NothingLost = new("with", Metrics.LostAcknowledged, AtMost: 0);
    private static readonly Condition Fast = new("with", Metrics.P99Milliseconds, AtMost: 100);
    private static readonly Condition Bites = new("without", Metrics.LostAcknowledged, AtLeast: 1, IsControl: true);

    [Fact]
    public void Of_AllHolds_IsSupportedWithItsMargin()
    {
        var finding = Find([NothingLost, Fast, Bites], [.. Arm("with", lost: [0, 0, 0, 0, 0, 0], p99: 50), .. Arm("without", lost: [4, 2, 3, 5, 6, 2], p99: 50)]);

        Assert.Equal(FindingKind.Supported, finding.Kind);
        Assert.Contains("6 trials an arm; what never happened in 6 trials happens in fewer than 0.5 of them", finding.Sentence);
    }

    [Fact]
    public void Of_OneLossInMany_IsRefuted() =>
        Assert.Equal(FindingKind.Refuted, Find([NothingLost], [.. Arm("with", lost: [0, 0, 0, 0, 0, 0, 0, 1], p99: 50), .. Arm("without", lost: [1], p99: 1)]).Kind);

    [Fact]
    public void Of_IntervalAcrossTheBound_IsInconclusive()
    {
        var trials = new[] { 60d, 80, 95, 105, 130, 90, 110 }.SelectMany((p99, i) => Arm("with", [0], p99, number: i)).Concat(Arm("without", [1], 1));

        Assert.Equal(FindingKind.Inconclusive, Find([Fast], [.. trials]).Kind);
    }

    /// <summary>An interval that reaches over its bound shows too little, and refutes nothing until all of it lies beyond.</summary>
    [Theory]
    [InlineData(0.8, 1.5, nameof(FindingKind.Inconclusive))]
    [InlineData(1.3, 1.5, nameof(FindingKind.Refuted))]
    [InlineData(0.8, 1.2, nameof(FindingKind.Supported))]
    public void Of_UpperEndOfAnInterval_IsRefutedByTheLowerOne(double low, double high, string expected)
    {
        var trial = new Trial("with", 1, 1, new Dictionary<string, double> { [Metrics.Succeeded] = 1, [Metrics.P99RatioLow] = low, [Metrics.P99RatioHigh] = high }, [], []);
        var condition = new Condition("with", Metrics.P99RatioHigh, AtMost: 1.25, RefutedBy: Metrics.P99RatioLow);

        Assert.Equal(expected, $"{Find([condition], [trial, .. Arm("without", [1], 1)]).Kind}");
    }

    [Fact]
    public void Of_ControlThatDoesNotSuffer_IsInconclusive()
    {
        var finding = Find([NothingLost, Bites], [.. Arm("with", lost: [0, 0, 0], p99: 50), .. Arm("without", lost: [0, 0, 0], p99: 50)]);

        Assert.Equal(FindingKind.Inconclusive, finding.Kind);
        Assert.Contains("without the tactic the fault does not show", finding.Sentence);
    }

    [Fact]
    public void Of_NobodyWasServed_IsNoResult()
    {
        var finding = Find([NothingLost], [new Trial("with", 1, 1, new Dictionary<string, double> { [Metrics.Succeeded] = 0, [Metrics.LostAcknowledged] = 0 }, [], [])]);

        Assert.Equal(FindingKind.Unusable, finding.Kind);
    }

    [Fact]
    public void Of_MetricThatNoTrialHas_IsInconclusive() =>
        Assert.Equal(FindingKind.Inconclusive, Find([new Condition("with", Metrics.QuarantineSeconds, AtMost: 120)], [.. Arm("with", [0], 1), .. Arm("without", [0], 1)]).Kind);

    /// <summary>The trial that has no value may be the one that went wrong.</summary>
    [Fact]
    public void Of_MetricThatOneTrialLacks_IsInconclusive()
    {
        Trial[] trials = [.. Arm("with", [0, 0, 0, 0], p99: 50), new Trial("with", 5, 1, new Dictionary<string, double> { [Metrics.Succeeded] = 100 }, [], []), .. Arm("without", [1], 1)];

        Assert.Equal(FindingKind.Inconclusive, Find([Fast], trials).Kind);
    }

    /// <summary>What never came took longer than any bound.</summary>
    [Fact]
    public void Of_WhatNeverCame_IsRefuted()
    {
        var finding = Find([Fast], [.. Arm("with", [0, 0, 0], p99: double.PositiveInfinity), .. Arm("without", [1], 1)]);

        Assert.Equal(FindingKind.Refuted, finding.Kind);
        Assert.Contains("and it was never (never to never)", finding.Sentence, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(Metrics.FaultsMissed)]
    [InlineData(Metrics.EndedEarly)]
    public void Of_FaultOrLoadThatWasNotThere_IsNoResult(string metric)
    {
        var trial = new Trial("with", 1, 1, new Dictionary<string, double> { [Metrics.Succeeded] = 100, [Metrics.LostAcknowledged] = 0, [metric] = 1 }, [], []);

        Assert.Equal(FindingKind.Unusable, Find([NothingLost], [trial, .. Arm("without", [1], 1)]).Kind);
    }

    /// <summary>Whoever may stop when he likes what he sees shows nothing.</summary>
    [Fact]
    public void Of_BrokenOff_IsInconclusiveWhateverWasSeen()
    {
        Assert.Equal(FindingKind.Inconclusive, Find([NothingLost], [.. Arm("with", lost: [0, 0, 0], p99: 50)], planned: 4).Kind);
        Assert.Equal("Inconclusive: broken off after 3 of 4 trials.", Find([NothingLost], [.. Arm("with", lost: [0, 1, 0], p99: 50)], planned: 4).Sentence);
    }

    private static Finding Find(Condition[] conditions, IReadOnlyList<Trial> trials, int? planned = null) => Finding.Of(
        new Scenario("x", "It holds.", new ScenarioLoad(LoadKind.Customers), 30, [new Arm("with"), new Arm("without", "vote")], conditions), trials, planned ?? trials.Count);

    private static IEnumerable<Trial> Arm(string arm, double[] lost, double p99, int number = 1) => lost.Select((value, i) => new Trial(
        arm, number + i, Seed: 1,
        new Dictionary<string, double> { [Metrics.Succeeded] = 100, [Metrics.LostAcknowledged] = value, [Metrics.P99Milliseconds] = p99 }, [], []));
}
