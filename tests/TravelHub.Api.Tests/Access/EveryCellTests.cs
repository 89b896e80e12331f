using System.Net;
using System.Text;
using System.Text.Json.Nodes;

namespace TravelHub.Api.Tests.Access;

/// <summary>Every route of the running gateway, with every kind of key.</summary>
[Collection(AccessCollection.Name)]
public sealed class EveryCellTests(AccessFixture access)
{
    private static readonly Dictionary<string, string> Nowhere = new() { ["id"] = "11111111-2222-3333-4444-555555555555", ["code"] = "STD", ["group"] = "0", ["number"] = "1" };

    private (string Name, string Role, HttpClient Sender)[] Callers =>
    [
        ("none", "", access.Service.Anyone), ("client", "client", access.Service.Client), ("other client", "client", access.OtherClient),
        ("operator", "operator", access.Service.Operator), ("researcher", "researcher", access.Service.Researcher), ("revoked", "", access.Revoked),
    ];

    [Fact]
    public async Task Calls_EveryRouteAndRole_AreLetInOrTurnedAwayAsTheContractSays() => await TryAll(isClusterThere: true);

    [Fact]
    public Task Calls_ClusterAway_AreTurnedAwayAllTheSame() => access.WhileTheClusterIsAway(() => TryAll(isClusterThere: false));

    [Theory]
    [InlineData("GET", "")]
    [InlineData("GET", "/live")]
    [InlineData("GET", "/events")]
    [InlineData("GET", "/votes")]
    [InlineData("GET", "/cancellation")]
    [InlineData("POST", "/payment")]
    [InlineData("POST", "/cancellation")]
    public async Task Reservation_OfAnother_IsTheSame404AsNone(string method, string part)
    {
        var property = await access.Service.NewProperty(rooms: 5, TestContext.Current.CancellationToken);
        var id = (await access.Service.Client.Booked(Requests.Booking(property)))["id"]!.GetValue<Guid>();

        var foreign = await (await Send(access.OtherClient, method, $"/v1/reservations/{id}{part}")).IsProblem(404, "not-found");
        var none = await (await Send(access.OtherClient, method, $"/v1/reservations/{Guid.NewGuid()}{part}")).IsProblem(404, "not-found");

        foreign.Remove("traceId");
        none.Remove("traceId");
        Assert.Equal(none.ToJsonString(), foreign.ToJsonString());
        Assert.Equal("confirmed", (await (await access.Service.Client.Read($"/v1/reservations/{id}")).Json())["status"]!.GetValue<string>());
        Assert.NotEqual(HttpStatusCode.NotFound, (await Send(access.Service.Client, method, $"/v1/reservations/{id}{part}")).StatusCode);   // its owner finds it
    }

    [Fact]
    public async Task List_OfOneOwner_HasNothingOfAnother()
    {
        var property = await access.Service.NewProperty(rooms: 5, TestContext.Current.CancellationToken);
        await access.Service.Client.Book(Requests.Booking(property));

        Assert.DoesNotContain(property, await (await access.OtherClient.Read("/v1/reservations")).Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
        Assert.Contains(property, await (await access.Service.Client.Read("/v1/reservations")).Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    private async Task TryAll(bool isClusterThere)
    {
        var wrong = new List<string>();
        var cells = 0;
        foreach (var route in ApiRoutes.OfTheApi(access.Service.Gateway))
        {
            var role = AccessContract.RoleFor(route.Method, route.Pattern);
            foreach (var (name, callersRole, sender) in Callers)
            {
                var isOpen = role == AccessContract.Anyone || role == callersRole;
                if (isOpen && !isClusterThere && role is not (AccessContract.Anyone or "client"))
                    continue;   // operators are told the plain truth, after 20 s
                using var answer = await Send(sender, route.Method, route.PathWith(Nowhere));
                cells++;
                if (!IsRight((int)answer.StatusCode, isOpen, callersRole, MayNot5xx(route.Pattern, isClusterThere || role == AccessContract.Anyone)))
                    wrong.Add($"{route} as {name}: {(int)answer.StatusCode}");
            }
        }

        Assert.Empty(wrong);
        Assert.True(cells >= 120, $"{cells} cells");
    }

    // Without a cluster only these may say so: what changes something and is not kept, as a preview of a cancellation is not.
    private static bool MayNot5xx(string pattern, bool isAnswered) => isAnswered && !pattern.StartsWith("/v1/analytics", StringComparison.Ordinal);   // this silo keeps no figures

    private static bool IsRight(int status, bool isOpen, string callersRole, bool isNo5xx) => isOpen
        ? status is not (401 or 403) && (status < 500 || (!isNo5xx && status == 503))
        : status == (callersRole.Length == 0 ? 401 : 403);

    private static Task<HttpResponseMessage> Send(HttpClient sender, string method, string path)
    {
        var request = new HttpRequestMessage(new HttpMethod(method), path);
        if (method is "POST" or "PUT")
        {
            var body = path.EndsWith("/payment", StringComparison.Ordinal) ? new JsonObject { ["paymentToken"] = "tok_ok" } : [];
            request.Content = new StringContent(body.ToJsonString(), Encoding.UTF8, "application/json");
        }

        return sender.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, TestContext.Current.CancellationToken);
    }
}
