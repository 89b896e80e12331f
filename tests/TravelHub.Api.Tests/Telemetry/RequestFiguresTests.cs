using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using TravelHub.Api.Telemetry;

namespace TravelHub.Api.Tests.Telemetry;

public sealed class RequestFiguresTests : IDisposable
{
    private readonly FakeTimeProvider _time = new();
    private readonly ServiceProvider _services = new ServiceCollection().AddMetrics().BuildServiceProvider();
    private readonly RequestFigures _figures;

    public RequestFiguresTests() => _figures = new RequestFigures(Meters, _time);

    private IMeterFactory Meters => _services.GetRequiredService<IMeterFactory>();

    public void Dispose()
    {
        _figures.Dispose();
        _services.Dispose();
    }

    [Fact]
    public void Read_RequestsOfOneStep_TellsTheirRateAndHowLongTheyTook()
    {
        for (var i = 1; i <= 100; i++)
            _figures.Record(RequestKind.Search, TimeSpan.FromMilliseconds(i));
        _time.Advance(RequestFigures.Step);

        var searches = _figures.Read(RequestKind.Search);

        Assert.Equal(50, searches.PerSecond[^1]);
        Assert.InRange(searches.P95Ms[^1]!.Value, 95 / 1.1, 95 * 1.1);
        Assert.InRange(searches.RecentMedianMs!.Value, 50 / 1.1, 50 * 1.1);
        Assert.Null(_figures.Read(RequestKind.Booking).RecentP95Ms);
    }

    [Fact]
    public void Read_MachineThatHasJustStarted_HasNoFiguresOfBefore()
    {
        var time = new FakeTimeProvider(DateTimeOffset.MinValue);   // its clock stands at nought
        using var figures = new RequestFigures(Meters, time);
        figures.Record(RequestKind.Search, TimeSpan.FromMilliseconds(3));
        time.Advance(RequestFigures.Step);

        var perSecond = figures.Read(RequestKind.Search).PerSecond;

        Assert.Equal(0.5, perSecond[^1]);
        Assert.All(perSecond.SkipLast(1), Assert.Null);
    }

    [Fact]
    public void Read_StepThatIsNotOver_LeavesItOut()
    {
        _figures.Record(RequestKind.Booking, TimeSpan.FromMilliseconds(3));

        Assert.All(_figures.Read(RequestKind.Booking).PerSecond, Assert.Null);
    }

    [Theory]
    [InlineData(RequestFigures.Steps, 0.5)]
    [InlineData(RequestFigures.Steps + 1, 0)]
    [InlineData(10 * RequestFigures.Steps, 0)]
    public void Read_AfterManySteps_HasTheLastFiveMinutesAlone(int steps, double oldest)
    {
        _figures.Record(RequestKind.Other, TimeSpan.FromMilliseconds(3));
        _time.Advance(steps * RequestFigures.Step);

        var others = _figures.Read(RequestKind.Other);

        Assert.Equal(RequestFigures.Steps, others.PerSecond.Count);
        Assert.Equal(oldest, others.PerSecond[0]);
        Assert.Equal(oldest, others.PerSecond.Sum());
    }

    [Fact]
    public void Meter_OfTheServer_IsCountedByWhatTheRequestWasFor()
    {
        using var server = Meters.Create("Microsoft.AspNetCore.Hosting");
        var duration = server.CreateHistogram<double>("http.server.request.duration");

        duration.Record(0.02, new("http.request.method", "POST"), new("http.route", "/v1/reservations"));
        duration.Record(0.02, new("http.request.method", "GET"), new("http.route", "app.css"));
        _time.Advance(RequestFigures.Step);

        Assert.Equal(0.5, _figures.Read(RequestKind.Booking).PerSecond[^1]);
        Assert.Equal(0, _figures.Read(RequestKind.Other).PerSecond[^1]);
    }

    [Theory]
    [InlineData("GET", "/v1/search", "Search")]
    [InlineData("GET", "/stays", "Search")]
    [InlineData("POST", "/trips/{Id:guid}", "Booking")]
    [InlineData("GET", "/trips/{Id:guid}", "Other")]
    [InlineData("GET", "/", "Other")]
    [InlineData("GET", "/v1/reservations/{id:guid}/live", null)]
    [InlineData("GET", "/_blazor", null)]
    [InlineData("GET", "/health/ready", null)]
    public void KindOf_Route_IsWhatItIsFor(string method, string route, string? kind) =>
        Assert.Equal(kind, RequestFigures.KindOf(method, route)?.ToString());
}
