using TravelHub.Api.Tests.Telemetry;
using TravelHub.Testing;

[assembly: AssemblyFixture(typeof(GatewayFixture))]
[assembly: AssemblyFixture(typeof(TracedGateway))]
