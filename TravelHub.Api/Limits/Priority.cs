namespace TravelHub.Api.Limits;

/// <summary>What is turned away first under load, from the first to the last. What has none, such as health and operators' routes, never is.</summary>
internal enum Priority
{
    Analytics,
    Search,
    Booking,
    Payment,
}
