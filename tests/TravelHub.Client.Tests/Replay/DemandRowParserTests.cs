using TravelHub.Client.Replay;

namespace TravelHub.Client.Tests.Replay;

public sealed class DemandRowParserTests
{
    private static readonly string[] Good =
        ["Hotel Miramar", "1", "14", "2019", "March", "3", "2", "3", "2", "1", "1", "C", "79.5", "Canceled", "2019-02-20"];

    [Fact]
    public void Parse_GoodRow_UnderstandsEveryColumn()
    {
        var row = Parse();

        Assert.Equal(
            new DemandRow(7, "Hotel Miramar", "C", new DateOnly(2019, 3, 3), 5, 14, 2, 4, 79.5m, new DateOnly(2019, 2, 20)), row);
        Assert.Equal(new DateOnly(2019, 2, 17), row.BookedOn);
        Assert.Equal(new DateOnly(2019, 3, 8), row.Departure);
        Assert.Equal(OddKinds.None, row.Odd());
    }

    [Theory]
    [InlineData("NA", 3)]
    [InlineData("0", 3)]
    [InlineData("2.0", 5)]
    public void Parse_ChildrenInAnyForm_AreCountedAndNotOdd(string children, int guests)
    {
        var row = Parse((DemandColumns.Children, children));

        Assert.Equal(guests, row.Guests);
        Assert.Equal(OddKinds.None, row.Odd());
    }

    [Theory]
    [InlineData("0", 0)]
    [InlineData("75", 7500)]
    [InlineData("61.005", 6101)]
    [InlineData("61.0049", 6100)]
    [InlineData("-6.38", -638)]
    [InlineData("-6.385", -639)]
    public void NightlyMinor_DecimalRate_IsRoundedHalfAwayFromZero(string rate, long minor) =>
        Assert.Equal(minor, Parse((DemandColumns.NightlyRate, rate)).NightlyMinor);

    [Fact]
    public void Parse_NoShow_IsNoCancellation() => Assert.Null(Parse((DemandColumns.Status, "No-Show")).CancelledOn);

    [Fact]
    public void Odd_SeveralReasons_NamesAll()
    {
        var row = Parse(
            (DemandColumns.WeekendNights, "0"), (DemandColumns.WeekNights, "0"), (DemandColumns.Adults, "0"),
            (DemandColumns.NightlyRate, "-0.001"));

        Assert.Equal(OddKinds.NoNight | OddKinds.NoAdult | OddKinds.NegativeRate, row.Odd());
    }

    [Theory]
    [InlineData(DemandColumns.Hotel, "", "hotel is empty")]
    [InlineData(DemandColumns.LeadTime, "-1", "lead_time '-1'")]
    [InlineData(DemandColumns.LeadTime, "99999999999999999999999999999999", "lead_time")]
    [InlineData(DemandColumns.ArrivalMonth, "Febtober", "arrival '2019 Febtober 3'")]
    [InlineData(DemandColumns.ArrivalDay, "32", "arrival")]
    [InlineData(DemandColumns.ArrivalYear, "9999", "arrival")]
    [InlineData(DemandColumns.WeekNights, "1.5", "stays_in_week_nights '1.5'")]
    [InlineData(DemandColumns.Adults, "NA", "adults 'NA'")]
    [InlineData(DemandColumns.NightlyRate, "1e3", "adr '1e3'")]
    [InlineData(DemandColumns.NightlyRate, "99999999", "adr")]
    [InlineData(DemandColumns.IsCancelled, "2", "is_canceled '2'")]
    [InlineData(DemandColumns.Status, "Maybe", "reservation_status 'Maybe'")]
    [InlineData(DemandColumns.StatusDate, "20/02/2019", "reservation_status_date")]
    [InlineData(DemandColumns.RoomType, "A/B", "reserved_room_type 'A/B'")]
    public void Parse_SenselessValue_SaysWhich(int column, string value, string message)
    {
        var error = Assert.Throws<FormatException>(() => Parse((column, value)));

        Assert.Contains(message, error.Message, StringComparison.Ordinal);
    }

    private static DemandRow Parse(params (int Column, string Value)[] changes)
    {
        var values = Good.ToArray();
        foreach (var (column, value) in changes)
            values[column] = value;
        return new DemandRowParser(values).Parse(line: 7);
    }
}
