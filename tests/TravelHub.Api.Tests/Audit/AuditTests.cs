using System.Text.Json.Nodes;
using TravelHub.Api.Audit;
using TravelHub.Api.Tests.Access;

namespace TravelHub.Api.Tests.Audit;

[Collection(AccessCollection.Name)]
public sealed class AuditTests(AccessFixture access)
{
    private const string Append = "audit_append(bigint[], text[], text[], text[], text[], text[], text[], text[])";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Action_OfAnOperator_IsOnRecordBeforeItAndWithItsOutcome()
    {
        var property = await access.Service.NewProperty(rooms: 1, Cancellation);

        var rows = await RowsOf(property);
        Assert.Equal(["begun", "done"], rows.Select(Outcome));
        Assert.All(rows, row => Assert.Equal("development-operator", row["who"]!.GetValue<string>()));
        Assert.All(rows, row => Assert.Equal("putProperty", row["action"]!.GetValue<string>()));
        Assert.Equal(rows[0]["number"]!.GetValue<long>(), rows[1]["about"]!.GetValue<long>());
        Assert.Equal("200", rows[1]["detail"]!.GetValue<string>());
    }

    [Fact]
    public async Task Action_RefusedByItsRules_IsOnRecordAsFailed()
    {
        var nobody = $"{Guid.NewGuid():N}"[..12];
        await (await access.Service.Operator.DeleteAsync(new Uri($"/v1/keys/{nobody}", UriKind.Relative), Cancellation)).IsProblem(404, "not-found");

        Assert.Equal(["begun", "failed"], (await RowsOf(nobody)).Select(Outcome));
    }

    [Theory]
    [InlineData(204, AuditOutcome.Done)]
    [InlineData(202, AuditOutcome.Unknown)]
    [InlineData(409, AuditOutcome.Failed)]
    [InlineData(499, AuditOutcome.Unknown)]
    [InlineData(503, AuditOutcome.Unknown)]
    public void OutcomeOf_AStatus_SaysNoMoreThanIsKnown(int status, string expected) => Assert.Equal(expected, AuditedAuthorization.OutcomeOf(status));

    [Theory]
    [InlineData("PUT", "/v1/properties/")]
    [InlineData("GET", "/v1/audit?who=")]
    public async Task Request_OfAClientToAnOperatorsRoute_IsOnRecordAsRefused(string method, string path)
    {
        var before = await Newest();
        var mark = $"m{Guid.NewGuid():N}";
        await (await access.OtherClient.SendAsync(new HttpRequestMessage(new HttpMethod(method), path + mark), Cancellation)).IsProblem(403, "forbidden");

        var row = Assert.Single(await Rows(), r => r["number"]!.GetValue<long>() > before && Outcome(r) == "refused");
        Assert.Equal("other-client", row["who"]!.GetValue<string>());
        Assert.StartsWith($"{method} /v1/", row["target"]!.GetValue<string>(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Action_RecordCannotBeWritten_Is503AndDoesNotHappen()
    {
        var role = await access.Service.Sql("SELECT current_database() || '_app'", Cancellation);
        await access.Service.Sql($"REVOKE EXECUTE ON FUNCTION {Append} FROM \"{role}\"", Cancellation);
        try
        {
            var property = $"casa-{Guid.NewGuid():N}";
            using var body = new StringContent("""
                {"name": "Casa", "destination": "nowhere", "timeZone": "Europe/Lisbon", "currency": "EUR", "roomTypes": [{"code": "STD", "sleeps": 2, "rooms": 1, "nightlyMinor": 1}]}
                """, System.Text.Encoding.UTF8, "application/json");
            await (await access.Service.Operator.PutAsync(new Uri($"/v1/properties/{property}", UriKind.Relative), body, Cancellation)).IsProblem(503, "audit-unavailable");
            await (await access.Service.Anyone.Read($"/v1/properties/{property}")).IsProblem(404, "not-found");
            await (await access.OtherClient.Read("/v1/audit")).IsProblem(403, "forbidden");   // refused, recorded or not
        }
        finally
        {
            await access.Service.Sql($"GRANT EXECUTE ON FUNCTION {Append} TO \"{role}\"", Cancellation);
        }
    }

    [Fact]
    public async Task List_PageByPage_HasEachRowOnce()
    {
        await access.Service.NewProperty(rooms: 1, Cancellation);
        var numbers = new List<long>();
        for (var after = ""; after is not null && numbers.Count < 40;)
        {
            var page = await (await access.Service.Operator.Read($"/v1/audit?limit=3{(after.Length > 0 ? $"&after={after}" : "")}")).Json();
            numbers.AddRange(page["data"]!.AsArray().Select(r => r!["number"]!.GetValue<long>()));
            after = page["meta"]!["after"]?.GetValue<string>();
        }

        Assert.Equal(Enumerable.Range(0, numbers.Count).Select(i => numbers[0] - i), numbers);
    }

    private static string Outcome(JsonNode row) => row["outcome"]!.GetValue<string>();

    private async Task<JsonNode[]> RowsOf(string target) =>
        [.. (await Rows()).Where(r => r["target"]!.GetValue<string>().Contains(target, StringComparison.Ordinal)).OrderBy(r => r["number"]!.GetValue<long>())];

    private async Task<long> Newest() => (await Rows()).Select(r => r["number"]!.GetValue<long>()).FirstOrDefault();

    private async Task<JsonNode[]> Rows() => [.. (await (await access.Service.Operator.Read("/v1/audit?limit=200")).Json())["data"]!.AsArray().Select(r => r!)];
}
