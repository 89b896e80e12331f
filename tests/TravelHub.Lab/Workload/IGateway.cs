namespace TravelHub.Lab.Workload;

/// <summary>How the lab's customers reach a service, one attempt at a time.</summary>
internal interface IGateway
{
    /// <returns>Null when the outcome is unknown.</returns>
    Task<Reply?> Ask(LabRequest request, TimeSpan timeout, CancellationToken cancellationToken);

    /// <summary>A reservation as it is now.</summary>
    /// <returns>Null when none of this id is known.</returns>
    /// <exception cref="TimeoutException">There is no lasting answer.</exception>
    Task<LabReservation?> Reservation(Guid id, CancellationToken cancellationToken);

    /// <summary>What is left on the nights of a range, by room.</summary>
    /// <inheritdoc cref="Reservation" path="/exception"/>
    Task<Dictionary<LabRoom, int>> Left(string destination, DateOnly checkIn, int nights, CancellationToken cancellationToken);

    /// <summary>The customers' own list, page by page.</summary>
    /// <inheritdoc cref="Reservation" path="/exception"/>
    Task<IReadOnlyList<Guid>> OwnList(CancellationToken cancellationToken);
}
