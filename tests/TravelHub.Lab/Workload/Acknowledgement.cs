namespace TravelHub.Lab.Workload;

/// <summary>What a client was told.</summary>
/// <param name="AtSeconds">When, from the beginning of the load.</param>
/// <param name="Command">As in <see cref="LabRequest"/>.</param>
/// <param name="State">The reservation's status, or the code of a refusal.</param>
/// <param name="Version">Of the reservation that it was shown; null when it was shown none.</param>
internal sealed record Acknowledgement(
    double AtSeconds, string Command, string Key, Guid? Reservation, int HttpStatus, string State, long? Version, long? TotalMinor)
{
    public static Acknowledgement Of(LabRequest request, Reply reply, double atSeconds) => new(
        atSeconds, request.Command, request.Key, reply.Reservation?.Id ?? request.Reservation, reply.HttpStatus, reply.State,
        reply.Reservation?.Version, reply.Reservation?.Total?.AmountMinor);
}
