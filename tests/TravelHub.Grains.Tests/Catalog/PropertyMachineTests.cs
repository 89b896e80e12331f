using System.Globalization;
using TravelHub.Grains.Abstractions.Catalog;
using TravelHub.Grains.Abstractions.Inventory;
using TravelHub.Grains.Abstractions.Payments;
using TravelHub.Grains.Catalog;

namespace TravelHub.Grains.Tests.Catalog;

public sealed class PropertyMachineTests
{
    private static readonly DateTimeOffset Now = new(2029, 6, 1, 23, 30, 0, TimeSpan.Zero);

    private static readonly PropertyDefinition Property = new(
        "Casa", "lisbon", "Europe/Lisbon", "EUR", 365, 600, new CancellationPolicy(2, 0),
        [new RoomType("STD", "Standard", 2, 3, 10_000, [new Season(new DateOnly(2029, 8, 1), new DateOnly(2029, 9, 1), 15_000)])],
        [new RatePlan("corp", 7_000)]);

    [Fact]
    public void Price_AcrossASeason_TakesEachNightsRate() =>
        Assert.Equal([10_000, 15_000], Priced(Stay("2029-07-31", "2029-08-02")).NightlyMinor);

    [Fact]
    public void Price_RatePlan_IsFlat() =>
        Assert.Equal([7_000, 7_000], Priced(Stay("2029-07-31", "2029-08-02") with { RatePlan = "corp" }).NightlyMinor);

    [Fact]
    public void Price_Quoted_BindsThePriceAndTheTerms()
    {
        var terms = new QuotedTerms(TaxBasisPoints: 100, RoomNightFeeMinor: 7, Now.AddDays(3), LateRefundPercent: 50);

        var priced = Assert.IsType<PricingOutcome.Priced>(PropertyMachine.Price(Property, Stay("2029-07-31", "2029-08-02"), Quoted(terms), Now)).Stay;

        Assert.Equal([1, 2], priced.NightlyMinor);
        Assert.Equal(terms, new QuotedTerms(priced.TaxBasisPoints, priced.RoomNightFeeMinor, priced.FreeUntil, priced.LateRefundPercent));
    }

    /// <summary>Quotes that are out when this version comes promise the rates alone.</summary>
    [Fact]
    public void Price_QuotedWithoutTerms_HasThoseOfTheEntry() => Assert.Equal(
        600, Assert.IsType<PricingOutcome.Priced>(PropertyMachine.Price(Property, Stay("2029-07-31", "2029-08-02"), Quoted(terms: null), Now)).Stay.TaxBasisPoints);

    [Theory]
    [InlineData(26_500, "EUR", null)]   // 100.00 and 150.00 with 6 % tax
    [InlineData(26_499, "EUR", "price-changed")]
    [InlineData(26_500, "USD", "price-changed")]
    public void Price_OtherThanShown_IsRefused(long shownMinor, string currency, string? code)
    {
        var stay = Stay("2029-07-31", "2029-08-02") with { ShownTotal = new Money(shownMinor, currency) };

        Assert.Equal(code, (PropertyMachine.Price(Property, stay, quoted: null, Now) as PricingOutcome.Refused)?.Why.Code);
        Assert.IsType<PricingOutcome.Priced>(PropertyMachine.Price(Property, stay, Quoted(terms: null), Now));   // what was promised goes before what was shown
    }

    // 18:00 in Lisbon is 17:00 UTC in summer and 18:00 in winter.
    [Theory]
    [InlineData("2029-07-31", "2029-07-29T17:00:00Z")]
    [InlineData("2029-12-31", "2029-12-29T18:00:00Z")]
    public void Price_FreeUntil_IsInTheHotelsLocalTime(string checkIn, string freeUntil) => Assert.Equal(
        DateTimeOffset.Parse(freeUntil, CultureInfo.InvariantCulture),
        Priced(Stay(checkIn, DateOnly.Parse(checkIn, CultureInfo.InvariantCulture).AddDays(1).ToString("O", CultureInfo.InvariantCulture))).FreeUntil);

    // At 23:30 UTC it is tomorrow in Lisbon already.
    [Theory]
    [InlineData("2029-06-01", "2029-06-03", "check-in-past")]
    [InlineData("2029-06-02", "2029-06-03", null)]
    [InlineData("2030-06-01", "2030-06-02", null)]
    [InlineData("2030-06-02", "2030-06-03", "too-far-ahead")]
    public void Price_Dates_AreJudgedByTheHotelsCalendar(string checkIn, string checkOut, string? code) =>
        Assert.Equal(code, (PropertyMachine.Price(Property, Stay(checkIn, checkOut), null, Now) as PricingOutcome.Refused)?.Why.Code);

    [Theory]
    [InlineData("SUITE", null, 2, "unknown-room-type")]
    [InlineData("STD", "none", 2, "unknown-rate-plan")]
    [InlineData("STD", null, 3, "too-many-guests")]
    public void Price_NotOffered_IsRefused(string roomType, string? ratePlan, int guests, string code)
    {
        var stay = Stay("2029-07-01", "2029-07-02") with { RoomType = roomType, RatePlan = ratePlan, Guests = guests };

        Assert.Equal(code, Assert.IsType<PricingOutcome.Refused>(PropertyMachine.Price(Property, stay, null, Now)).Why.Code);
    }

    private static QuotedStay Quoted(QuotedTerms? terms) =>
        new("casa", "STD", RatePlan: null, new DateOnly(2029, 7, 31), new DateOnly(2029, 8, 2), [1, 2], "EUR", ExpiresAt: 0, terms);

    private static PricedStay Priced(StayRequest stay) =>
        Assert.IsType<PricingOutcome.Priced>(PropertyMachine.Price(Property, stay, quoted: null, Now)).Stay;

    private static StayRequest Stay(string checkIn, string checkOut) => new(
        "casa", "STD", new Nights(Date(checkIn), Date(checkOut)), 1, 2, RatePlan: null, Quote: null);

    private static DateOnly Date(string text) => DateOnly.ParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture);
}
