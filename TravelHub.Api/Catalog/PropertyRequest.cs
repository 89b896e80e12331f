using TravelHub.Api.Problems;
using TravelHub.Grains.Abstractions.Catalog;

namespace TravelHub.Api.Catalog;

/// <summary>The body of <c>PUT /v1/properties/{id}</c>; fields as in <see cref="PropertyDefinition"/>.</summary>
internal sealed record PropertyRequest(
    string? Name, string? Destination, string? TimeZone, string? Currency, int? BookableDaysAhead, int TaxBasisPoints,
    CancellationPolicy? Policy, RoomTypeRequest?[]? RoomTypes, RatePlan?[]? RatePlans, long RoomNightFeeMinor = 0)
{
    private const long MostMinor = 1_000_000_000;

    public PropertyDefinition? Read(Findings findings)
    {
        findings.RequireText(Name, "name", 200);
        findings.RequireText(Destination, "destination", 64);
        findings.Require(TimeZone is not null && TimeZoneInfo.TryFindSystemTimeZoneById(TimeZone, out _), "timeZone", "must be an IANA time zone such as Europe/Lisbon");
        findings.Require(Currency is { Length: 3 } && Currency.All(char.IsAsciiLetterUpper), "currency", "must be an ISO 4217 code such as EUR");
        findings.RequireRange(BookableDaysAhead ?? 365, "bookableDaysAhead", 1, 3_650);
        findings.RequireRange(TaxBasisPoints, "taxBasisPoints", 0, 10_000);
        findings.RequireRange(RoomNightFeeMinor, "roomNightFeeMinor", 0, 1_000_000);
        var policy = Policy ?? new CancellationPolicy(FreeUntilDaysBefore: 1, LateRefundPercent: 0);
        findings.RequireRange(policy.FreeUntilDaysBefore, "policy.freeUntilDaysBefore", 0, 365);
        findings.RequireRange(policy.LateRefundPercent, "policy.lateRefundPercent", 0, 100);
        if (findings.Require(RoomTypes is { Length: >= 1 and <= 100 }, "roomTypes", "must be 1 to 100 room types"))
        {
            for (var i = 0; i < RoomTypes!.Length; i++)
            {
                if (findings.Require(RoomTypes[i] is not null, $"roomTypes[{i}]", "must be a room type"))
                    RoomTypes[i]!.Check($"roomTypes[{i}]", MostMinor, findings);
            }

            findings.Require(RoomTypes.DistinctBy(r => r?.Code).Count() == RoomTypes.Length, "roomTypes", "must have distinct codes");
        }

        var plans = RatePlans ?? [];
        findings.Require(plans.Length <= 20_000, "ratePlans", "must be at most 20,000 rate plans");
        findings.Require(plans.All(p => p is { Code.Length: >= 1 and <= 32, NightlyMinor: >= 0 and <= MostMinor }), "ratePlans", $"must have codes of 1 to 32 characters and rates from 0 to {MostMinor}");
        findings.Require(plans.DistinctBy(p => p?.Code).Count() == plans.Length, "ratePlans", "must have distinct codes");
        return findings.Any ? null : new PropertyDefinition(
            Name!, Destination!, TimeZone!, Currency!, BookableDaysAhead ?? 365, TaxBasisPoints, policy,
            [.. RoomTypes!.Select(r => r!.Read())], [.. plans.Select(p => p!)], RoomNightFeeMinor);
    }
}

/// <summary>A room type of a <see cref="PropertyRequest"/>; fields as in <see cref="RoomType"/>.</summary>
internal sealed record RoomTypeRequest(string? Code, string? Name, int? Sleeps, int? Rooms, long? NightlyMinor, Season?[]? Seasons)
{
    public void Check(string field, long mostMinor, Findings findings)
    {
        findings.RequireCode(Code, $"{field}.code", 32);
        findings.RequireText(Name ?? Code, $"{field}.name", 200);
        findings.RequireRange(Sleeps, $"{field}.sleeps", 1, 100);
        findings.RequireRange(Rooms, $"{field}.rooms", 0, 1_000_000_000);
        findings.RequireRange(NightlyMinor, $"{field}.nightlyMinor", 0, mostMinor);
        var seasons = Seasons ?? [];
        findings.Require(seasons.Length <= 100, $"{field}.seasons", "must be at most 100 seasons");
        findings.Require(seasons.All(s => s is { NightlyMinor: >= 0 } && s.From < s.Until && s.NightlyMinor <= mostMinor), $"{field}.seasons", $"must have from before until, and rates from 0 to {mostMinor}");
    }

    public RoomType Read() => new(Code!, Name ?? Code!, Sleeps!.Value, Rooms!.Value, NightlyMinor!.Value, [.. (Seasons ?? []).Select(s => s!)]);
}

/// <summary>The body of <c>PUT /v1/properties/{id}/room-types/{code}/inventory</c>.</summary>
/// <param name="From">First night of the range [from, until); with neither, every night without a range of its own.</param>
/// <param name="Allowance">Rooms that may be sold above capacity.</param>
internal sealed record AllotmentRequest(DateOnly? From, DateOnly? Until, int? Rooms, int Allowance);
