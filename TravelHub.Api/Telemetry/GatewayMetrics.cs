using System.Diagnostics.Metrics;
using System.Text.Json;
using TravelHub.Api.Intake;
using TravelHub.Api.Resilience;

namespace TravelHub.Api.Telemetry;

/// <summary>How the gateway stands to what it leans on, as metrics of the meter <c>TravelHub</c>; looked at when somebody asks.</summary>
internal sealed class GatewayMetrics
{
    public GatewayMetrics(IMeterFactory meters, DependencyPipelines pipelines, KeptRequests intake)
    {
        var meter = meters.Create("TravelHub");
        var breakers = Enum.GetValues<Dependency>()
            .Select(d => (Breaker: pipelines.Breaker(d), Tag: new KeyValuePair<string, object?>("dependency", JsonNamingPolicy.KebabCaseLower.ConvertName($"{d}")))).ToArray();
        meter.CreateObservableGauge(
            "travelhub.breaker.state", () => breakers.Select(b => new Measurement<int>(Position(b.Breaker.Status().State), b.Tag)), null,
            "0 closed, 1 half-open, 2 open; the tag dependency names whose.");
        meter.CreateObservableCounter(
            "travelhub.breaker.rejected", () => breakers.Select(b => new Measurement<long>(b.Breaker.Status().Rejected, b.Tag)), "{call}", "Calls that a breaker did not let through.");
        meter.CreateObservableGauge("travelhub.intake.waiting", () => intake.Status.Waiting, "{request}", "Requests that the intake keeps until the cluster takes them.");
        meter.CreateObservableCounter("travelhub.intake.kept", () => intake.Status.Kept, "{request}", "Requests that were kept since the start.");
    }

    private static int Position(string state) => state switch { "closed" => 0, "half-open" => 1, _ => 2 };
}
