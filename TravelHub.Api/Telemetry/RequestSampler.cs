using System.Diagnostics;
using OpenTelemetry.Trace;

namespace TravelHub.Api.Telemetry;

/// <summary>Begins a trace with a share of the requests, and with nothing that the gateway does by itself.</summary>
/// <param name="ratio">0 to 1.</param>
internal sealed class RequestSampler(double ratio) : Sampler
{
    private readonly TraceIdRatioBasedSampler _share = new(ratio);

    public override SamplingResult ShouldSample(in SamplingParameters samplingParameters) =>
        samplingParameters.Kind == ActivityKind.Server ? _share.ShouldSample(samplingParameters) : new SamplingResult(SamplingDecision.Drop);
}
