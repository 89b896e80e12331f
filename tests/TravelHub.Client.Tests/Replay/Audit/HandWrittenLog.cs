using Npgsql;
using TravelHub.Client.Replay;

namespace TravelHub.Client.Tests.Replay.Audit;

/// <summary>The log as it should stand after <see cref="AuditSample"/>, event by event, to be spoilt by a test and written.</summary>
internal sealed class HandWrittenLog
{
    private readonly string _property;
    private readonly ReplayPlan _plan;

    public HandWrittenLog(ReplayPlan plan)
    {
        _plan = plan;
        _property = plan.Properties[0].Id;
        Inventory = ReplayPlan.InventoryStream(_property, "A");
        Add(Inventory, "inventory.capacity-set.v1", """{"range":null,"rooms":3,"allowance":0}""");
        Sell(AuditSample.Stay, 0);
        Sell(AuditSample.Free, 1);
        Sell(AuditSample.Cancelled, 2);
        Request(AuditSample.SoldOut);
        Reserved(AuditSample.SoldOut, "sold-out", """{"stay":0,"night":"2030-01-05","left":0}""");
        Reserved(AuditSample.Cancelled, "cancel-requested", """{"refundMinor":16000}""");
        Reserved(AuditSample.Cancelled, "refunded", """{"refundId":"r1","amount":{"amountMinor":16000,"currency":"EUR"}}""");
        Reserved(AuditSample.Cancelled, "cancelled", "{}");
        Settle("released", AuditSample.Cancelled);
        // Another property's stream, oversold and unfinished: none of this run's business.
        Add("inventory/elsewhere/A", "inventory.held.v1", Hold(AuditSample.Other, 0));
        Add($"reservation/{AuditSample.Other}", "reservation.requested.v1", """{"stays":[{"propertyId":"elsewhere","roomType":"A"}]}""");
    }

    public string Inventory { get; }

    public List<(string Stream, string Type, string Payload)> Events { get; } = [];

    public void Add(string stream, string type, string payload) => Events.Add((stream, type, payload));

    public void Reserved(Guid id, string type, string payload) => Add($"reservation/{id:D}", $"reservation.{type}.v1", payload);

    public void Remove(Guid id, string type) => Assert.Equal(1, Events.RemoveAll(one => one == (
        $"reservation/{id:D}", $"reservation.{type}.v1", one.Payload)));

    public void Request(Guid id, int booking = 3) =>
        Reserved(id, "requested", $$"""{"owner":"o","mode":"book","stays":[{"propertyId":"{{_property}}","roomType":"A","nights":{{Nights(booking)}}}]}""");

    public void Confirm(Guid id, long minor) => Reserved(id, "confirmed", $$$"""{"total":{"amountMinor":{{{minor}}},"currency":"EUR"}}""");

    public void Held(Guid id, int booking) => Add(Inventory, "inventory.held.v1", Hold(id, booking));

    public void Settle(string type, Guid id) => Add(Inventory, $"inventory.{type}.v1", $$"""{"hold":{{HoldId(id)}},"reservationVersion":3}""");

    public void Sell(Guid id, int booking)
    {
        Held(id, booking);
        Request(id, booking);
        Confirm(id, _plan.Bookings[booking].TotalMinor);
        Settle("sold", id);
    }

    /// <summary>Empties the table first: a test's log is all there is.</summary>
    public async Task Write(NpgsqlDataSource database)
    {
        await using var batch = database.CreateBatch();
        batch.BatchCommands.Add(new NpgsqlBatchCommand("TRUNCATE reservation_events"));
        var versions = new Dictionary<string, long>();
        foreach (var (stream, type, payload) in Events)
        {
            versions[stream] = versions.GetValueOrDefault(stream) + 1;
            var insert = new NpgsqlBatchCommand("""
                INSERT INTO reservation_events (stream, version, type, payload, append_id, recorded_at, hash)
                VALUES ($1, $2, $3, $4, gen_random_uuid(), now(), '')
                """);
            foreach (var value in (object[])[stream, versions[stream], type, payload])
                insert.Parameters.Add(new NpgsqlParameter { Value = value });
            batch.BatchCommands.Add(insert);
        }

        await batch.ExecuteNonQueryAsync();
    }

    private string Hold(Guid id, int booking) =>
        $$"""{"hold":{{HoldId(id)}},"nights":{{Nights(booking)}},"rooms":1,"until":"2030-01-01T00:00:00+00:00"}""";

    private string Nights(int booking) => $$"""{"checkIn":"{{_plan.Bookings[booking].CheckIn:O}}","checkOut":"{{_plan.Bookings[booking].CheckOut:O}}"}""";

    private static string HoldId(Guid id) => $$"""{"reservation":"{{id:D}}","stay":0}""";
}
