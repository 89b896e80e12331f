using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using TravelHub.Grains.Abstractions;
using TravelHub.Grains.Abstractions.Catalog;
using TravelHub.Grains.Abstractions.Reservations;

namespace TravelHub.Api.Intake;

/// <summary>A request that is kept until the cluster has taken it.</summary>
/// <param name="Number">Its place in the order of arrival; 0 before it is kept.</param>
/// <param name="Key">With reservation and kind, names the request: a repeat is the same.</param>
/// <param name="Hash">Tells a repeat from another request under the same key.</param>
/// <param name="Command">The command as JSON; null once it has ended.</param>
/// <param name="Stays">Of a booking: what its owner may be shown meanwhile, as JSON. No personal data.</param>
/// <param name="KeptAt">When it was asked for.</param>
/// <param name="Reason">Why it is kept.</param>
/// <param name="Refusal">How it ended, when it was refused.</param>
internal sealed record KeptRequest(
    long Number, Guid Reservation, KeptKind Kind, string Key, string Owner, string Hash, string? Command, string? Stays, DateTimeOffset KeptAt,
    string Reason, Refusal? Refusal)
{
    public bool IsWaiting => Refusal is null;

    public static KeptRequest Of(Guid reservation, BookCommand command, DateTimeOffset askedAt) => new(
        0, reservation, KeptKind.Booking, "", command.Owner, command.RequestHash, JsonSerializer.Serialize(command),
        JsonSerializer.Serialize(command.Stays.Select(s => s with { Quote = null })), askedAt, "", null);

    // An attempt may be named by its token, which must not stand here.
    public static KeptRequest Of(Guid reservation, PayCommand command, DateTimeOffset askedAt) => new(
        0, reservation, KeptKind.Payment, Digest(command.AttemptKey), command.Owner, Digest(command.PaymentToken), JsonSerializer.Serialize(command),
        null, askedAt, "", null);

    public static KeptRequest Of(Guid reservation, CancelCommand command, DateTimeOffset askedAt) => new(
        0, reservation, KeptKind.Cancellation, command.IfVersion is { } version ? $"{version}" : "*", command.Owner, "", JsonSerializer.Serialize(command),
        null, askedAt, "", null);

    /// <summary>The command again.</summary>
    public T Read<T>() => JsonSerializer.Deserialize<T>(Command!)!;

    public IReadOnlyList<StayRequest>? ReadStays() => Stays is null ? null : JsonSerializer.Deserialize<StayRequest[]>(Stays);

    private static string Digest(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
}
