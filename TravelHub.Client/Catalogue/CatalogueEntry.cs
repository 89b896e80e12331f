using TravelHub.Client.Http;

namespace TravelHub.Client.Catalogue;

/// <summary>A property and the id it is put under.</summary>
internal sealed record CatalogueEntry(string Id, PropertyDocument Property);
