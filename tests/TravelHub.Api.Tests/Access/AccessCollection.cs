namespace TravelHub.Api.Tests.Access;

/// <summary>One after the other: some take the silo away.</summary>
[CollectionDefinition(Name)]
public sealed class AccessCollection : ICollectionFixture<AccessFixture>
{
    public const string Name = "access";
}
