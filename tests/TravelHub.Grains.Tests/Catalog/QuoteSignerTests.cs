using Microsoft.Extensions.Options;
using TravelHub.Grains.Abstractions.Catalog;
using TravelHub.Grains.Abstractions.Inventory;
using TravelHub.Grains.Catalog;

namespace TravelHub.Grains.Tests.Catalog;

public sealed class QuoteSignerTests
{
    private static readonly DateTimeOffset Now = new(2029, 6, 1, 12, 0, 0, TimeSpan.Zero);
    private static readonly Nights Nights = new(new DateOnly(2030, 1, 10), new DateOnly(2030, 1, 12));
    private static readonly PricedStay Stay = new("casa", "STD", Nights, 1, 2, "EUR", [100, 200], 0, Now, 0);
    private static readonly StayRequest Wanted = new("casa", "STD", Nights, 1, 2, RatePlan: null, Quote: null);

    private readonly QuoteSigner _signer = new(Options.Create(new QuoteOptions { SigningKey = Convert.ToBase64String(new byte[32]) }));

    [Fact]
    public void Read_BeforeExpiry_GivesThePromisedRates()
    {
        var (quote, expires) = _signer.Sign(Stay, ratePlan: null, Now);

        var (quoted, why) = _signer.Read(Wanted with { Quote = quote }, "EUR", expires);

        Assert.Null(why);
        Assert.Equal([100, 200], quoted!.NightlyMinor);
        Assert.Equal(new QuotedTerms(Stay.TaxBasisPoints, Stay.RoomNightFeeMinor, Stay.FreeUntil, Stay.LateRefundPercent), quoted.Terms);
    }

    [Fact]
    public void Read_AfterExpiry_IsRefused() =>
        Assert.Equal("quote-expired", Read(Wanted, _signer.Sign(Stay, null, Now).Quote, _signer.Sign(Stay, null, Now).Expires.AddSeconds(1)));

    [Fact]
    public void Read_ForAnotherStay_IsRefused() =>
        Assert.Equal("quote-mismatch", Read(Wanted with { RoomType = "SUP" }, _signer.Sign(Stay, null, Now).Quote, Now));

    [Theory]
    [InlineData("")]
    [InlineData("x")]
    [InlineData("e30.e30")]
    [InlineData("%%.%%")]
    public void Read_NotOurs_IsRefused(string quote) => Assert.Equal("quote-invalid", Read(Wanted, quote, Now));

    [Fact]
    public void Read_AnyCharacterChanged_IsRefused()
    {
        var (quote, _) = _signer.Sign(Stay, ratePlan: null, Now);
        for (var i = 0; i < quote.Length - 1; i++)   // the last one carries two bits that are not used
        {
            var changed = quote[..i] + (quote[i] == 'A' ? 'B' : 'A') + quote[(i + 1)..];
            Assert.Equal("quote-invalid", Read(Wanted, changed, Now));
        }
    }

    private string? Read(StayRequest stay, string quote, DateTimeOffset now) => _signer.Read(stay with { Quote = quote }, "EUR", now).Why?.Code;
}
