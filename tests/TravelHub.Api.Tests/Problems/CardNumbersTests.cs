using TravelHub.Api.Problems;

namespace TravelHub.Api.Tests.Problems;

public sealed class CardNumbersTests
{
    [Theory]
    [InlineData("pay with 4111111111111111 please", "pay with [card number] please")]
    [InlineData("4111 1111 1111 1111", "[card number]")]
    [InlineData("3782-822463-10005", "[card number]")]
    [InlineData("/v1/properties/5555555555554444/calendar", "/v1/properties/[card number]/calendar")]
    [InlineData("4111111111111112", "4111111111111112")]                       // its check digit is wrong
    [InlineData("638000000000000000123", "638000000000000000123")]             // too long
    [InlineData("/v1/guests/00000001-0000-0000-0000-000000000000", "/v1/guests/00000001-0000-0000-0000-000000000000")]   // an id, though its digits would pass
    [InlineData("00000001-0000-0000-0000-000000000000-4111111111111111", "00000001-0000-0000-0000-000000000000-[card number]")]
    [InlineData("row 12 of 2030-01-10", "row 12 of 2030-01-10")]
    public void Mask_OfAText_HidesCardNumbersAlone(string text, string expected) => Assert.Equal(expected, CardNumbers.Mask(text));
}
