using TravelHub.Client.Analytics;
using TravelHub.Client.Http;

namespace TravelHub.Client.Tests.Analytics;

public sealed class AnalyticsCommandTests
{
    [Theory]
    [InlineData("EUR", "12,345.67 EUR", "123.46", "61.73")]
    [InlineData("JPY", "1,234,567 JPY", "12,346", "6,173")]
    [InlineData("KWD", "1,234.567 KWD", "12.346", "6.173")]
    [InlineData("BHD", "1,234.567 BHD", "12.346", "6.173")]
    public void Text_AnyCurrency_IsInItsOwnDigits(string currency, string revenue, string rate, string revPar)
    {
        var sale = new NightSale(new Money(1_234_567, currency), RoomsSold: 100, AverageDailyRateMinor: 12_345.67, RevParMinor: 6_172.835);

        Assert.EndsWith($" {revenue} {rate,10} {revPar,10}", AnalyticsCommand.Text(Report(sale)), StringComparison.Ordinal);
    }

    [Fact]
    public void Text_NoRate_LeavesItsColumnsEmpty() =>
        Assert.EndsWith(" 0.00 EUR " + new string(' ', 21), AnalyticsCommand.Text(Report(new NightSale(new Money(0, "EUR"), 0, null, null))), StringComparison.Ordinal);

    private static NightsReport Report(NightSale sale)
    {
        var from = new DateOnly(2030, 1, 10);
        var row = new NightRow(Night: null, "kyoto", Property: null, RoomsAvailable: 200, RoomsSold: 100, Occupancy: 0.5, [sale]);
        return new NightsReport(from, from.AddDays(1), new FiguresProgress(1, AsOf: null, BehindSeconds: null, LagEvents: null), [row]);
    }
}
