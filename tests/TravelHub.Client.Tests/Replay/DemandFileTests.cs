using System.IO.Compression;
using TravelHub.Client.Http;
using TravelHub.Client.Replay;

namespace TravelHub.Client.Tests.Replay;

public sealed class DemandFileTests
{
    [Fact]
    public void Read_Sample_CountsOddRowsByKind()
    {
        var demand = DemandFile.Read(SampleDemand.Path, limit: null);

        Assert.Equal(200, demand.RowsRead);
        Assert.Equal(7, demand.Odd.Of(OddKinds.NoNight));
        Assert.Equal(3, demand.Odd.Of(OddKinds.NoAdult));
        Assert.Equal(2, demand.Odd.Of(OddKinds.NegativeRate));
        Assert.Equal(5, demand.Odd.Of(OddKinds.Unreadable));
        // Lines 51 and 52 are odd in two ways, and still two rows.
        Assert.Equal(15, demand.Odd.Rows);
        Assert.Equal(185, demand.Rows.Count);
        Assert.Equal(["line 10", "line 50", "line 51", "line 52", "line 90"], demand.Odd.First(OddKinds.NoNight));
        Assert.Equal("line 100: adr 'n/a' is no number", demand.Odd.First(OddKinds.Unreadable)[0]);
        Assert.Equal(["Hotel Miramar", "Pensão do Monte, Sul"], demand.Rows.Select(row => row.Hotel).Distinct().Order(StringComparer.Ordinal));
        Assert.Equal(["A", "B", "C"], demand.Rows.Select(row => row.RoomType).Distinct().Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Read_ColumnsInOtherOrder_GivesTheSameRows()
    {
        var lines = File.ReadAllLines(SampleDemand.Path).Where(line => !line.Contains('"', StringComparison.Ordinal)).ToArray();
        var turned = lines.Select(line => string.Join(',', line.Split(',').Reverse().Prepend("more")));

        var rows = DemandFile.Read(new StringReader(string.Join('\n', lines)), "plain", null).Rows;
        var turnedRows = DemandFile.Read(new StringReader(string.Join('\n', turned)), "turned", null).Rows;

        Assert.NotEmpty(rows);
        Assert.Equal(rows, turnedRows);
    }

    [Fact]
    public void Read_Gzip_GivesTheSameRows()
    {
        var path = Path.GetTempFileName();
        try
        {
            using (var compressed = new GZipStream(File.Create(path), CompressionLevel.Fastest))
                compressed.Write(File.ReadAllBytes(SampleDemand.Path));

            Assert.Equal(DemandFile.Read(SampleDemand.Path, null).Rows, DemandFile.Read(path, null).Rows);
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Fact]
    public void Read_Limit_ReadsThatManyRows()
    {
        var demand = DemandFile.Read(SampleDemand.Path, limit: 10);

        Assert.Equal(10, demand.RowsRead);
        Assert.Equal(9, demand.Rows.Count);
        Assert.Equal(1, demand.Odd.Rows);
    }

    [Fact]
    public void Read_ShortAndCommentLikeRows_AreOddAndEmptyLinesNone()
    {
        var header = string.Join(',', DemandColumns.Names);

        var demand = DemandFile.Read(new StringReader($"{header}\n#hotel,1\n\nHotel,1,2\n"), "short", null);

        Assert.Equal(demand.RowsRead, demand.Odd.Of(OddKinds.Unreadable));
        Assert.Equal(2, demand.RowsRead);
        Assert.StartsWith("line 4: ", demand.Odd.First(OddKinds.Unreadable)[1], StringComparison.Ordinal);
    }

    [Fact]
    public void Read_MissingColumns_NamesThem()
    {
        var error = Assert.Throws<InputException>(() => DemandFile.Read(new StringReader("hotel,lead_time\nX,1\n"), "other.csv", null));

        Assert.Contains("is_canceled", error.Message, StringComparison.Ordinal);
        Assert.Contains("reservation_status_date", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("lead_time", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("\0\u0001garbage")]
    [InlineData("hotel,\"lead")]
    public void Read_NotThisFormat_SaysSo(string content) =>
        Assert.Throws<InputException>(() =>
        {
            var path = Path.GetTempFileName();
            try
            {
                File.WriteAllText(path, content);
                return DemandFile.Read(path, null);
            }
            finally
            {
                File.Delete(path);
            }
        });

    [Fact]
    public void Read_MissingFile_SaysSo() => Assert.Throws<InputException>(() => DemandFile.Read("/no/such/file.csv", null));
}
