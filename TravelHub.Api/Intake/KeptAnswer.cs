namespace TravelHub.Api.Intake;

/// <summary>Answers from the intake: <c>Location</c> tells how it goes on.</summary>
internal sealed class KeptAnswer(KeptView view, int status) : IResult
{
    private const string RetryAfterSeconds = "2";

    public Task ExecuteAsync(HttpContext httpContext)
    {
        var headers = httpContext.Response.Headers;
        headers.Location = $"/v1/reservations/{view.Id:D}";
        headers.RetryAfter = RetryAfterSeconds;
        return Results.Json(view, statusCode: status).ExecuteAsync(httpContext);
    }
}
