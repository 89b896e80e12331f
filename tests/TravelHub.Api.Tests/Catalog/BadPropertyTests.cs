using System.Text;
using System.Text.Json.Nodes;
using TravelHub.Testing;

namespace TravelHub.Api.Tests.Catalog;

public sealed class BadPropertyTests(GatewayFixture service)
{
    /// <summary>Field, its value as JSON, and where the error stands.</summary>
    [Theory]
    [InlineData("name", "\"\"", "name")]
    [InlineData("timeZone", "\"Mars/Olympus\"", "timeZone")]
    [InlineData("currency", "\"euros\"", "currency")]
    [InlineData("roomTypes", "[]", "roomTypes")]
    [InlineData("roomTypes", "[null]", "roomTypes[0]")]
    [InlineData("roomTypes", "[{\"code\": \"STD\", \"sleeps\": 2, \"rooms\": 1, \"nightlyMinor\": 9223372036854775807}]", "roomTypes[0].nightlyMinor")]
    [InlineData("roomTypes", "[{\"code\": \"STD\", \"sleeps\": 2, \"rooms\": 1, \"nightlyMinor\": 100, \"seasons\": [null]}]", "roomTypes[0].seasons")]
    [InlineData("ratePlans", "[null]", "ratePlans")]
    [InlineData("ratePlans", "[{\"code\": \"FLEX\", \"nightlyMinor\": -1}]", "ratePlans")]
    [InlineData("taxBasisPoints", "10001", "taxBasisPoints")]
    public async Task Put_BadField_Is422(string field, string json, string at)
    {
        var body = JsonNode.Parse("""
            {"name": "Casa", "destination": "lisbon", "timeZone": "Europe/Lisbon", "currency": "EUR",
             "roomTypes": [{"code": "STD", "sleeps": 2, "rooms": 1, "nightlyMinor": 12000}]}
            """)!;
        body[field] = JsonNode.Parse(json);
        using var content = new StringContent(body.ToJsonString(), Encoding.UTF8, "application/json");
        var answer = await service.Operator.PutAsync(new Uri("/v1/properties/absurd", UriKind.Relative), content, TestContext.Current.CancellationToken);
        var problem = await answer.IsProblem(422, "invalid-request");
        Assert.NotNull(problem["errors"]![at]);
        await (await service.Anyone.Read("/v1/properties/absurd")).IsProblem(404, "not-found");
    }
}
