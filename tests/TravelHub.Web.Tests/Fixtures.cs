using TravelHub.Testing;
using TravelHub.Web.Tests;

[assembly: AssemblyFixture(typeof(GatewayFixture))]
[assembly: AssemblyFixture(typeof(BrowserFixture))]
