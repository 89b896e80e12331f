using System.Net;
using Microsoft.Extensions.Options;
using TravelHub.Api.Limits;

namespace TravelHub.Api.Tests.Limits;

public sealed class LimitsTests
{
    private const string Search = "/v1/search?destination=lisbon&checkIn=2030-01-10&checkOut=2030-01-13";

    [Fact]
    public void TryEnter_Filling_TurnsAwayTheLessImportantFirst()
    {
        var admission = new Admission(Options.Create(new LimitOptions { MostUnderWay = 10 }));
        Priority[] all = [Priority.Payment, Priority.Booking, Priority.Search, Priority.Analytics];
        var letIn = all.ToDictionary(p => p, _ => 0);
        foreach (var priority in all.Reverse())
        {
            while (admission.TryEnter(priority))
                letIn[priority]++;
        }

        Assert.Equal([1, 2, 3, 4], all.Select(p => letIn[p]));   // 40, 70, 90 and 100 % in all
        admission.Leave();
        Assert.False(admission.TryEnter(Priority.Booking));
        Assert.True(admission.TryEnter(Priority.Payment));
    }

    [Fact]
    public async Task Search_MoreThanACallerMay_Is429AndSaysWhenToComeAgain()
    {
        await using var gateway = await LonelyGateway.Start("--Limits:RequestsPerSecond=1", "--Limits:Burst=3");
        var answers = await Task.WhenAll(Enumerable.Range(0, 40).Select(_ => gateway.Client.Read(Search)));

        var away = answers.Where(a => a.StatusCode == HttpStatusCode.TooManyRequests).ToArray();
        Assert.InRange(answers.Length - away.Length, 3, 30);
        await away[0].IsProblem(429, "rate-limited");
        Assert.NotNull(away[0].Headers.RetryAfter);
        Assert.Equal("\"caller\";q=1;w=1", Assert.Single(away[0].Headers.GetValues("RateLimit-Policy")));
        Assert.StartsWith("\"caller\";r=", Assert.Single(away[0].Headers.GetValues("RateLimit")), StringComparison.Ordinal);
        var live = await gateway.Client.Read("/health/live");
        Assert.Equal(HttpStatusCode.OK, live.StatusCode);   // health is nobody's share
    }

    /// <summary>A visitor's page counts as what he does by it; the operator's console is nobody's share.</summary>
    [Theory]
    [InlineData("/stays", true)]
    [InlineData("/trips", true)]
    [InlineData("/ops", false)]
    public async Task Page_MoreThanACallerMay_Is429WithAPageForVisitorsAlone(string path, bool isLimited)
    {
        await using var gateway = await LonelyGateway.Start("--Limits:RequestsPerSecond=1", "--Limits:Burst=3");
        var statuses = new List<HttpStatusCode>();
        var page = "";
        for (var i = 0; i < 20; i++)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, path);
            request.Headers.Accept.ParseAdd("text/html");
            using var answer = await gateway.Client.SendAsync(request, TestContext.Current.CancellationToken);
            statuses.Add(answer.StatusCode);
            if (answer.StatusCode == HttpStatusCode.TooManyRequests)
                page = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        }

        Assert.Equal(isLimited, statuses.Contains(HttpStatusCode.TooManyRequests));
        Assert.Equal(isLimited, page.Contains("<h1>Too many guests at once</h1>", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Search_ClusterNeverFound_SaysThatThereIsNoAnswerYet()
    {
        await using var gateway = await LonelyGateway.Start();

        Assert.Equal(HttpStatusCode.Accepted, (await gateway.Client.Read(Search)).StatusCode);
        await (await gateway.Client.Book(Requests.Booking("casa"))).IsProblem(503, "unavailable");   // it has no intake: what is not kept is no 2xx
    }

    [Fact]
    public async Task Gateway_OptionsOutOfRange_DoesNotStartAndNamesThem()
    {
        var e = await Assert.ThrowsAsync<OptionsValidationException>(() => LonelyGateway.Start("--Breaker:FailuresToOpen=0", "--Breaker:BreakDuration=1.00:00:00"));

        Assert.Equal(2, e.Failures.Count());
    }
}
