using System.Net.Mail;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using TravelHub.Api.Problems;
using TravelHub.Api.Search;
using TravelHub.Grains.Abstractions.Catalog;
using TravelHub.Grains.Abstractions.Inventory;
using TravelHub.Grains.Abstractions.Payments;
using TravelHub.Grains.Abstractions.Reservations;

namespace TravelHub.Api.Reservations;

/// <summary>The body of <c>POST /v1/reservations</c>.</summary>
/// <param name="Mode"><c>book</c> (default) or <c>hold</c>.</param>
/// <param name="Currency">What to charge in, when it is not the property's own. A request without it has the hash that it had before there was one.</param>
internal sealed record BookingRequest(
    StayBody?[]? Stays, GuestBody? Guest, string? PaymentToken, BookingMode Mode = BookingMode.Book,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Currency = null)
{
    public BookCommand? Read(string owner, DateTimeOffset now, Findings findings)
    {
        if (findings.Require(Stays is { Length: >= 1 and <= StayLimits.MostStays }, "stays", $"must be 1 to {StayLimits.MostStays} stays"))
        {
            for (var i = 0; i < Stays!.Length; i++)
            {
                if (findings.Require(Stays[i] is not null, $"stays[{i}]", "must be a stay"))
                    Stays[i]!.Check($"stays[{i}]", now, findings);
            }
        }

        findings.RequireText(Guest?.Name, "guest.name", 200);
        findings.Require(Guest?.Email is { Length: <= 254 } email && !email.Any(char.IsControl) && MailAddress.TryCreate(email, out var address) && address.Address == email, "guest.email", "must be an e-mail address of at most 254 printable characters");
        findings.Require(Currency is null || (Currency.Length == 3 && Currency.All(char.IsAsciiLetterUpper)), "currency", "must be three capital letters, as in EUR");
        if (Mode == BookingMode.Book || PaymentToken is not null)
            PaymentTokens.Check(PaymentToken, findings);
        return findings.Any ? null : new BookCommand(
            owner, Hash(), Mode, [.. Stays!.Select(s => s!.Read())], new Guest(Guest!.Name!, Guest.Email!), PaymentToken, Currency, AskedAt: now);
    }

    // Of the parsed request, so that white space and the order of fields make no other request of it.
    private string Hash() => Convert.ToHexStringLower(SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(this, BookingJson.Default.BookingRequest)));
}

/// <param name="Total">What an offer said that the stay costs, where the price must not have changed since. One without it has the hash that it had before there was one.</param>
internal sealed record StayBody(
    string? PropertyId, string? RoomType, DateOnly? CheckIn, DateOnly? CheckOut, int? Guests, int Rooms = 1, string? RatePlan = null, string? Quote = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] Money? Total = null)
{
    public void Check(string field, DateTimeOffset now, Findings findings)
    {
        findings.RequireCode(PropertyId, $"{field}.propertyId", 64);
        findings.RequireCode(RoomType, $"{field}.roomType", 32);
        findings.RequireRange(Rooms, $"{field}.rooms", 1, StayLimits.MostRooms);
        findings.RequireRange(Guests, $"{field}.guests", 1, StayLimits.MostGuests);
        findings.Require(RatePlan is not { Length: 0 or > 32 }, $"{field}.ratePlan", "must be 1 to 32 characters");
        findings.Require(Total is not { } total || (total.AmountMinor >= 0 && total.Currency is { Length: 3 }), $"{field}.total", "must be as the search gave it");
        findings.Require(Quote is not { Length: > 8_192 }, $"{field}.quote", "must be as the search gave it");
        if (findings.Require(CheckIn is not null, $"{field}.checkIn", "must be a date such as 2030-01-10")
            & findings.Require(CheckOut is not null, $"{field}.checkOut", "must be a date such as 2030-01-13"))
            StayLimits.Check(new Nights(CheckIn!.Value, CheckOut!.Value), $"{field}.checkOut", now, findings);
    }

    public StayRequest Read() => new(PropertyId!, RoomType!, new Nights(CheckIn!.Value, CheckOut!.Value), Rooms, Guests!.Value, RatePlan, Quote, Total);
}

internal sealed record GuestBody(string? Name, string? Email);

/// <summary>The body of <c>POST /v1/reservations/{id}/payment</c>.</summary>
internal sealed record PaymentRequest(string? PaymentToken);

/// <summary>References of the payment provider.</summary>
internal static class PaymentTokens
{
    // Begins with a letter: a card number can't get in by mistake.
    public static void Check(string? token, Findings findings) => findings.Require(
        token is { Length: >= 1 and <= 128 } && char.IsAsciiLetter(token[0]) && token.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-'),
        "paymentToken", "must be a token of the payment provider, such as tok_ok; never a card number");
}

/// <summary>Ids that a caller's idempotency key leads to, at every gateway the same.</summary>
internal static class IdempotencyKeys
{
    public const string Header = "Idempotency-Key";

    public static bool IsValid(string key) => key.Length is >= 1 and <= 255 && key.All(c => c is > ' ' and <= '~');

    public static Guid ReservationId(string owner, string key) =>
        new(SHA256.HashData(Encoding.UTF8.GetBytes($"POST /v1/reservations\n{owner}\n{key}")).AsSpan(0, 16));
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(BookingRequest))]
internal sealed partial class BookingJson : JsonSerializerContext;
