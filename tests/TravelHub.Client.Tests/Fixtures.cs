[assembly: Xunit.AssemblyFixture(typeof(TravelHub.Testing.PostgresFixture))]
