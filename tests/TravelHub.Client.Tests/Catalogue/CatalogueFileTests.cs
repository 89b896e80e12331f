using TravelHub.Client.Catalogue;
using TravelHub.Client.Http;

namespace TravelHub.Client.Tests.Catalogue;

public sealed class CatalogueFileTests
{
    private const string Good = """
        {"id":"a","name":"A","destination":"d","timeZone":"Europe/Lisbon","currency":"EUR","bookableDaysAhead":365,"taxBasisPoints":0,
         "policy":{"freeUntilDaysBefore":1,"lateRefundPercent":0},
         "roomTypes":[{"code":"STD","name":"Standard","sleeps":2,"rooms":3,"nightlyMinor":8000}]}
        """;

    [Fact]
    public void Read_WhatWasWritten_IsTheSame()
    {
        var written = CatalogueFile.Write(DemoCatalogue.Create());

        Assert.Equal(written, CatalogueFile.Write(Read(written)));
    }

    [Fact]
    public void Read_WithoutSeasonsAndRatePlans_IsFine()
    {
        var (id, property) = Assert.Single(Read($"[{Good}]"));

        Assert.Equal("a", id);
        Assert.Equal(3, property.RoomTypes[0].Rooms);
        Assert.Null(property.RatePlans);
    }

    [Theory]
    [InlineData("\"id\":\"a\"", "\"id\":\"a b\"", "entry 2: its \"id\"")]
    [InlineData("\"id\":\"a\",", "", "entry 2: its \"id\"")]
    [InlineData("\"id\":\"a\"", "\"id\":\"first\"", "entry 2 (first): an earlier entry")]
    [InlineData("\"currency\":\"EUR\",", "", "entry 2 (a): ")]
    [InlineData("\"rooms\":3", "\"room\":3", "entry 2 (a): ")]
    [InlineData("\"rooms\":3", "\"rooms\":\"three\"", "entry 2 (a): ")]
    [InlineData("\"policy\":{\"freeUntilDaysBefore\":1,\"lateRefundPercent\":0}", "\"policy\":null", "entry 2 (a): ")]
    public void Read_WrongEntry_NamesIt(string right, string wrong, string message)
    {
        var first = Good.Replace("\"id\":\"a\"", "\"id\":\"first\"", StringComparison.Ordinal);

        var error = Assert.Throws<InputException>(() => Read($"[{first},{Good.Replace(right, wrong, StringComparison.Ordinal)}]"));

        Assert.Contains(message, error.Message, StringComparison.Ordinal);
        Assert.Contains("1 of 2 entries", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("{}")]
    [InlineData("[1]")]
    [InlineData("[{\"id\":\"a\",\"id\":\"b\"}]")]
    [InlineData("not json")]
    public void Read_NoCatalogue_SaysSo(string content) => Assert.Throws<InputException>(() => Read(content));

    [Fact]
    public void Read_MissingFile_SaysSo() => Assert.Throws<InputException>(() => CatalogueFile.Read("/no/such/file.json"));

    private static IReadOnlyList<CatalogueEntry> Read(string content)
    {
        var path = Path.GetTempFileName();
        try
        {
            File.WriteAllText(path, content);
            return CatalogueFile.Read(path);
        }
        finally
        {
            File.Delete(path);
        }
    }
}
