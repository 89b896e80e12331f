namespace TravelHub.Api.Telemetry;

/// <summary>What a request was for. Pages and the API are counted alike.</summary>
internal enum RequestKind
{
    /// <summary>What can be booked at a destination.</summary>
    Search,

    /// <summary>A booking, a payment or a cancellation.</summary>
    Booking,

    /// <summary>Anything else of customers and operators.</summary>
    Other,
}
