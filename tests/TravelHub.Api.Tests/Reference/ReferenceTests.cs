namespace TravelHub.Api.Tests.Reference;

public sealed class ReferenceTests
{
    [Fact]
    public async Task Description_OfTheApi_NamesEachOperationWithItsAnswers()
    {
        await using var gateway = await LonelyGateway.Start();
        var description = await (await gateway.Client.Read("/openapi/v1.json")).Json();

        Assert.StartsWith("3.1", description["openapi"]!.GetValue<string>(), StringComparison.Ordinal);
        var operations = description["paths"]!.AsObject().SelectMany(p => p.Value!.AsObject().Select(o => (Path: p.Key, Operation: o.Value!))).ToArray();
        Assert.All(operations, o => Assert.StartsWith("/v1/", o.Path, StringComparison.Ordinal));
        Assert.All(operations, o => Assert.NotNull(o.Operation["operationId"]));
        Assert.All(operations, o => Assert.NotNull(o.Operation["responses"]!["429"]));
        Assert.True(operations.Length >= 12, $"{operations.Length} operations");
        var search = description["paths"]!["/v1/search"]!["get"]!;
        Assert.Equal(9, search["parameters"]!.AsArray().Count);
        Assert.Equal("[{}]", search["security"]!.ToJsonString());   // open to anyone
        var book = description["paths"]!["/v1/reservations"]!["post"]!;
        Assert.NotNull(book["security"]);
        Assert.Equal(["201", "202", "400", "401", "402", "403", "409", "413", "415", "422", "429", "503"], book["responses"]!.AsObject().Select(r => r.Key).Order());
    }

    [Fact]
    public async Task Docs_AsAPage_AreServedWithoutOtherHosts()
    {
        await using var gateway = await LonelyGateway.Start();
        var answer = await gateway.Client.Read("/docs/v1");
        var page = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);

        Assert.True(answer.IsSuccessStatusCode, $"{answer.StatusCode}");
        Assert.Contains("openapi/v1.json", page, StringComparison.Ordinal);
        Assert.DoesNotContain("https://cdn", page, StringComparison.Ordinal);
        Assert.DoesNotContain("fonts.", page, StringComparison.Ordinal);
    }
}
