using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;

namespace TravelHub.Lab.Workload;

/// <summary>What a client asks of the gateway, word for word the same each time it is repeated.</summary>
/// <param name="Command"><c>book</c>, <c>hold</c>, <c>pay</c>, <c>cancel</c> or <c>misuse</c>.</param>
/// <param name="Key">Its idempotency key. A cancellation needs none on the wire; here it names it all the same.</param>
/// <param name="Reservation">Which reservation it is about; null while that is to be made.</param>
internal sealed record LabRequest(string Command, string Key, Guid? Reservation, string Path, string? Json)
{
    public const string Book = "book";
    public const string Hold = "hold";
    public const string Pay = "pay";
    public const string Cancel = "cancel";
    public const string Misuse = "misuse";

    /// <param name="token">Null holds the rooms without a payment.</param>
    public static LabRequest ForBooking(string key, IEnumerable<LabStay> stays, string? token)
    {
        var body = new
        {
            stays = stays.Select(stay => new
            {
                propertyId = stay.Room.PropertyId,
                roomType = stay.Room.RoomType,
                checkIn = stay.CheckIn,
                checkOut = stay.CheckIn.AddDays(stay.Nights),
                guests = 2,
                rooms = stay.Rooms,
            }),
            guest = new { name = "Lab", email = "lab@lab.example" },
            paymentToken = token,
            mode = token is null ? "hold" : "book",
        };
        return new LabRequest(token is null ? Hold : Book, key, null, "/v1/reservations", JsonSerializer.Serialize(body, JsonSerializerOptions.Web));
    }

    /// <summary>Another booking under the key of one that was answered.</summary>
    public static LabRequest ForMisuse(string key, IEnumerable<LabStay> stays, string token) => ForBooking(key, stays, token) with { Command = Misuse };

    public static LabRequest ForPayment(string key, Guid reservation, string token) => new(
        Pay, key, reservation, $"/v1/reservations/{reservation:D}/payment", JsonSerializer.Serialize(new { paymentToken = token }, JsonSerializerOptions.Web));

    public static LabRequest ForCancellation(string key, Guid reservation) =>
        new(Cancel, key, reservation, $"/v1/reservations/{reservation:D}/cancellation", Json: null);

    /// <summary>A message can be sent once, so each attempt needs its own.</summary>
    public HttpRequestMessage Message()
    {
        var message = new HttpRequestMessage(HttpMethod.Post, Path);
        if (Json is not null)
            message.Content = new StringContent(Json, Encoding.UTF8, new MediaTypeHeaderValue("application/json"));
        if (Command != Cancel)
            message.Headers.Add("Idempotency-Key", Key);
        return message;
    }
}
