namespace TravelHub.Api.Intake;

/// <summary>What was asked for; stored and sent by name.</summary>
internal enum KeptKind
{
    Booking,
    Payment,
    Cancellation,
}
