using System.Text.Json;
using TravelHub.Client.Http;

namespace TravelHub.Lab.Workload;

/// <summary>An answer that says something.</summary>
/// <param name="State">The reservation's status, or the code of a refusal.</param>
internal sealed record Reply(int HttpStatus, string State, LabReservation? Reservation)
{
    /// <summary>The code for another request under a key that was used.</summary>
    public const string KeyReused = "idempotency-key-reused";

    /// <summary>Whether the same request gets another answer later: the work goes on.</summary>
    public bool IsUnderWay => State is "pending" or "cancelling" or "payment-under-way";

    public bool IsSuccess => HttpStatus is >= 200 and < 300 && !IsUnderWay;

    /// <returns>Null when the answer says nothing of the outcome.</returns>
    /// <exception cref="InvalidOperationException">The request was refused as unusable: the lab's own mistake.</exception>
    public static Reply? Of(Answer answer)
    {
        var status = (int)answer.Status;
        if (answer.IsTransient || status >= 500)
            return null;
        if (status is 422 && Problem.Of(answer.Status, answer.Body).Code == KeyReused)
            return new Reply(status, KeyReused, null);
        if (status is 400 or 401 or 403 or 415 or 422)
            throw new InvalidOperationException($"The gateway refuses what the lab sends: {status} {answer.Body}");
        var reservation = Read(answer);
        return new Reply(status, reservation?.Status ?? Problem.Of(answer.Status, answer.Body).Code ?? $"{status}", reservation);
    }

    // A refusal carries the reservation as a member, an answer is one.
    private static LabReservation? Read(Answer answer)
    {
        using var document = JsonDocument.Parse(answer.Body);
        var root = document.RootElement;
        if (!answer.IsSuccess && !root.TryGetProperty("reservation", out root))
            return null;
        return root.Deserialize<LabReservation>(TravelHubClient.Json);
    }
}
