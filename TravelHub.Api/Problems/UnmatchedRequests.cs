namespace TravelHub.Api.Problems;

/// <summary>Gives a problem document to what no endpoint has answered.</summary>
internal static class UnmatchedRequests
{
    public static void UseUnmatchedRequests(this IApplicationBuilder app) => app.UseStatusCodePages(pages =>
    {
        var context = pages.HttpContext;
        if (PagesForPeople.IsFor(context))
            return PagesForPeople.Of(context.Response.StatusCode).ExecuteAsync(context);
        var problem = context.Response.StatusCode switch
        {
            404 => Problem.Of(404, "not-found", "Nothing is found at this address."),
            405 => Problem.Of(405, "method-not-allowed", $"This address does not take {context.Request.Method}."),
            413 => BodyLimit.TooLarge(),
            415 => Problem.Of(415, "unsupported-media-type", "Send the body as 'Content-Type: application/json'."),
            var status => Problem.Of(status, "bad-request", "The request could not be answered; check it against the reference."),
        };
        return problem.ExecuteAsync(context);
    });
}
