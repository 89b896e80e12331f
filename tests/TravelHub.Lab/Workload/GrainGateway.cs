using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using TravelHub.Grains.Abstractions.Catalog;
using TravelHub.Grains.Abstractions.Inventory;
using TravelHub.Grains.Abstractions.Reservations;
using TravelHub.Grains.Abstractions.Search;
using Money = TravelHub.Client.Http.Money;

namespace TravelHub.Lab.Workload;

/// <summary>Speaks to the grains themselves, and answers as the gateway would.</summary>
internal sealed class GrainGateway(IGrainFactory grains, TimeProvider time) : IGateway
{
    private const string Owner = "lab";
    private const int PageSize = 50;

    private static readonly TimeSpan ReadPatience = TimeSpan.FromSeconds(10);

    public async Task<Reply?> Ask(LabRequest request, TimeSpan timeout, CancellationToken cancellationToken)
    {
        try
        {
            return ReplyOf(await Send(request).WaitAsync(timeout, time, cancellationToken));
        }
        catch (Exception) when (!cancellationToken.IsCancellationRequested)
        {
            return null;   // a refusal is an answer: whatever is thrown says nothing of the outcome
        }
    }

    public async Task<LabReservation?> Reservation(Guid id, CancellationToken cancellationToken) =>
        await Patiently(() => grains.GetGrain<IReservationGrain>(id).Get(Owner), cancellationToken) is { } view ? Shown(view) : null;

    public async Task<Dictionary<LabRoom, int>> Left(string destination, DateOnly checkIn, int nights, CancellationToken cancellationToken)
    {
        var query = new SearchQuery(destination, new Nights(checkIn, checkIn.AddDays(nights)), Guests: 2, Rooms: 1);
        var offers = await Patiently(() => grains.GetGrain<ISearchGrain>(0).Find(query), cancellationToken);
        return offers.ToDictionary(offer => new LabRoom(offer.PropertyId, offer.RoomType), offer => offer.RoomsLeft);
    }

    public async Task<IReadOnlyList<Guid>> OwnList(CancellationToken cancellationToken)
    {
        var all = new List<Guid>();
        ReservationCursor? after = null;
        while (true)
        {
            var page = await Patiently(() => grains.GetGrain<IReservationListGrain>(0).List(Owner, after, PageSize), cancellationToken);
            if (page.IsEmpty)
                return all;
            all.AddRange(page.Select(view => view.Id));
            after = new ReservationCursor(page[^1].CreatedAt, page[^1].Id);
        }
    }

    private Task<ReservationOutcome> Send(LabRequest request)
    {
        var id = request.Reservation ?? new Guid(SHA256.HashData(Encoding.UTF8.GetBytes(request.Key)).AsSpan(0, 16));
        var reservation = grains.GetGrain<IReservationGrain>(id);
        if (request.Command == LabRequest.Cancel)
            return reservation.Cancel(new CancelCommand(Owner, IfVersion: null));
        using var body = JsonDocument.Parse(request.Json!);
        var token = body.RootElement.GetProperty("paymentToken").GetString();
        if (request.Command == LabRequest.Pay)
            return reservation.Pay(new PayCommand(Owner, $"key {request.Key}", token!));
        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(request.Json!)));
        var mode = token is null ? BookingMode.Hold : BookingMode.Book;
        return reservation.Book(new BookCommand(Owner, hash, mode, Stays(body.RootElement.GetProperty("stays")), new Guest("Lab", "lab@lab.example"), token));
    }

    private static ImmutableArray<StayRequest> Stays(JsonElement stays) =>
        [.. stays.EnumerateArray().Select(stay => new StayRequest(
            stay.GetProperty("propertyId").GetString()!, stay.GetProperty("roomType").GetString()!,
            new Nights(Date(stay, "checkIn"), Date(stay, "checkOut")), stay.GetProperty("rooms").GetInt32(), Guests: 2, RatePlan: null, Quote: null))];

    private static DateOnly Date(JsonElement stay, string name) => stay.GetProperty(name).Deserialize<DateOnly>();

    private static Reply ReplyOf(ReservationOutcome outcome) => outcome switch
    {
        ReservationOutcome.Done(var view, _) => new Reply(StatusOf(view), view.Status, Shown(view)),
        ReservationOutcome.Refused(var why) => new Reply(why.Code == Reply.KeyReused ? 422 : 409, why.Code, null),
        _ => new Reply(404, "not-found", null),
    };

    private static int StatusOf(ReservationView view) => view.Status switch
    {
        ReservationStatus.Pending or ReservationStatus.Cancelling => 202,
        ReservationStatus.Declined => 402,
        ReservationStatus.SoldOut or ReservationStatus.Lapsed => 409,
        _ => 200,
    };

    private static LabReservation Shown(ReservationView view) =>
        new(view.Id, view.Status, view.Version, view.Total is var (amount, currency) ? new Money(amount, currency) : null);

    private async Task<T> Patiently<T>(Func<Task<T>> ask, CancellationToken cancellationToken)
    {
        var start = time.GetTimestamp();
        while (true)
        {
            try
            {
                return await ask().WaitAsync(ReadPatience, time, cancellationToken);
            }
            catch (Exception e) when (!cancellationToken.IsCancellationRequested)
            {
                if (time.GetElapsedTime(start) > ReadPatience)
                    throw new TimeoutException("The grains do not answer.", e);
                await Task.Delay(TimeSpan.FromMilliseconds(100), time, cancellationToken);
            }
        }
    }
}
