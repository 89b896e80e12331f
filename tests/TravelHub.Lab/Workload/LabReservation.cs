using TravelHub.Client.Http;

namespace TravelHub.Lab.Workload;

/// <summary>A reservation as the gateway shows it.</summary>
internal sealed record LabReservation(Guid Id, string Status, long Version, Money? Total = null);
