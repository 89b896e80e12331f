using TravelHub.Api.Pages;

namespace TravelHub.Api.Tests.Pages;

public sealed class DisplayTests
{
    [Theory]
    [InlineData("Málaga", "malaga")]
    [InlineData("  São Tomé ", "sao-tome")]
    [InlineData("Sa\u0303o Tome\u0301", "sao-tome")]
    [InlineData("ŁÓDŹ", "lodz")]
    [InlineData("東京", "東京")]
    [InlineData(null, "")]
    public void PlaceKey_AnySpelling_IsWithoutAccentsAndCapitals(string? typed, string key) => Assert.Equal(key, Display.PlaceKey(typed));

    [Theory]
    [InlineData("new york", "New York")]
    [InlineData("sao tome", "São Tomé")]
    [InlineData("Nowhere Else", "nowhere-else")]
    public void Destination_AsTyped_IsWhatTheCatalogueSays(string typed, string destination) =>
        Assert.Equal(destination, Display.Destination(typed, ["lisbon", "New York", "São Tomé"]));

    [Theory]
    [InlineData(12_000, "EUR", "€120")]
    [InlineData(12_050, "EUR", "€120.50")]
    [InlineData(12_000, "JPY", "¥12,000")]
    [InlineData(12_000, "XAF", "XAF 12,000")]
    [InlineData(12_000, "KWD", "KWD 12")]
    [InlineData(12_345, "KWD", "KWD 12.345")]
    public void Amount_InItsOwnDigits_IsWhatIsPaid(long minor, string currency, string shown) => Assert.Equal(shown, Display.Amount(minor, currency));
}
