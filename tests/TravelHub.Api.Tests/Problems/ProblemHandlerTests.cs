using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using TravelHub.Grains.Abstractions;
using TravelHub.Testing;

namespace TravelHub.Api.Tests.Problems;

public sealed class ProblemHandlerTests(GatewayFixture service)
{
    [Theory]
    [InlineData("/stays/casa", "text/html,*/*;q=0.8", "text/html")]
    [InlineData("/v1/search", "text/html,*/*;q=0.8", "application/problem+json")]
    [InlineData("/stays/casa", "application/json", "application/problem+json")]
    public async Task Handle_Bug_IsAPageForWhoAsksForOne(string path, string accept, string expected)
    {
        var response = await Handle(path, accept, new InvalidOperationException("a secret"));

        Assert.Equal(500, response.StatusCode);
        Assert.StartsWith(expected, response.ContentType, StringComparison.Ordinal);
        response.Body.Position = 0;
        var body = await new StreamReader(response.Body).ReadToEndAsync(TestContext.Current.CancellationToken);
        Assert.NotEmpty(body);
        Assert.DoesNotContain("a secret", body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Handle_LogOverloaded_TellsTheCallersLimits()
    {
        var response = await Handle("/v1/reservations", "application/json", new LogOverloadedException());

        Assert.Equal(429, response.StatusCode);
        Assert.All(["Retry-After", "RateLimit-Policy", "RateLimit"], header => Assert.NotEmpty(response.Headers[header].ToString()));
    }

    private async Task<HttpResponse> Handle(string path, string accept, Exception thrown)
    {
        await using var scope = service.Gateway.CreateAsyncScope();
        var context = new DefaultHttpContext { RequestServices = scope.ServiceProvider };
        (context.Request.Scheme, context.Request.Host, context.Request.Path, context.Request.Headers.Accept) = ("http", new HostString("localhost"), path, accept);
        context.Response.Body = new MemoryStream();
        Assert.True(await scope.ServiceProvider.GetRequiredService<IExceptionHandler>().TryHandleAsync(context, thrown, TestContext.Current.CancellationToken));
        return context.Response;
    }
}
