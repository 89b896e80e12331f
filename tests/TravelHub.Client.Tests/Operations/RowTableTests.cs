using System.Text.Json.Nodes;
using TravelHub.Client.Operations;

namespace TravelHub.Client.Tests.Operations;

public sealed class RowTableTests
{
    [Fact]
    public void Of_RowsOfManyKinds_AlignsColumnsAndDashesWhatIsMissing()
    {
        JsonObject[] rows =
        [
            new() { ["name"] = "silo-1", ["figure"] = 1_234.56, ["list"] = new JsonArray("0/1", "0/2") },
            new() { ["name"] = "a-silo-with-a-name", ["list"] = new JsonArray() },
        ];

        var table = RowTable.Of(rows, [("NAME", r => r.Text("name")), ("FIGURE", r => r.Text("figure")), ("LIST", r => r.Text("list"))]);

        Assert.Equal(
            ["NAME                FIGURE   LIST", "silo-1              1,234.6  0/1 0/2", "a-silo-with-a-name  -        -"], table.Split(Environment.NewLine));
    }

    [Theory]
    [InlineData("2030-01-10T11:59:18Z", "42 s")]
    [InlineData("2030-01-10T11:00:00Z", "60 min")]
    [InlineData("2030-01-10T02:00:00Z", "10 h")]
    [InlineData("2030-01-01T12:00:00Z", "9 d")]
    [InlineData("2030-01-10T12:00:05Z", "0 s")]
    public void Age_OfATime_IsInTheUnitThatFits(string at, string expected) =>
        Assert.Equal(expected, JsonNode.Parse($"\"{at}\"").Age(new DateTimeOffset(2030, 1, 10, 12, 0, 0, TimeSpan.Zero)));
}
