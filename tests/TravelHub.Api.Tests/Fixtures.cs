using TravelHub.Testing;

[assembly: AssemblyFixture(typeof(GatewayFixture))]
