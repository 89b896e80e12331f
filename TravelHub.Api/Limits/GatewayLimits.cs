using TravelHub.Api.Problems;

namespace TravelHub.Api.Limits;

/// <summary>Turns away what is too much, with 429 and when to come again.</summary>
internal static class GatewayLimits
{
    private const string RetryAfterSeconds = "1";

    /// <summary>Options come from the section <c>Limits</c> and are checked at start.</summary>
    public static WebApplicationBuilder AddLimits(this WebApplicationBuilder builder)
    {
        builder.Services.AddOptions<LimitOptions>().BindConfiguration("Limits").ValidateDataAnnotations().ValidateOnStart();
        builder.Services.AddSingleton<Admission>().AddSingleton<CallerLimits>().AddSingleton<StreamLimits>();
        return builder;
    }

    /// <summary>After authentication: callers are told apart by their keys.</summary>
    public static void UseLimits(this WebApplication app)
    {
        var admission = app.Services.GetRequiredService<Admission>();
        var callers = app.Services.GetRequiredService<CallerLimits>();
        var streams = app.Services.GetRequiredService<StreamLimits>();
        app.Use(async (context, next) =>
        {
            if (context.GetEndpoint()?.Metadata.GetMetadata<PriorityOf>() is not { } limit)
            {
                await next(context);
                return;
            }

            if (!callers.TryTake(context))
            {
                await TurnAway(context, callers, "rate-limited", "You send more requests a second than one caller may; nothing was done. Repeat the request after a moment.");
                return;
            }

            if (limit.IsStream)
            {
                using var place = streams.Take(context);
                await (place.IsAcquired
                    ? next(context)
                    : TurnAway(context, callers, "too-many-streams", "As many streams are open as may be, of yours or of all. Close one, or ask again and again without a stream."));
                return;
            }

            if (!admission.TryEnter(limit.Priority))
            {
                await TurnAway(context, callers, "overloaded", "Too much is under way; nothing was done. Repeat the request after a moment.");
                return;
            }

            try
            {
                await next(context);
            }
            finally
            {
                admission.Leave();
            }
        });
    }

    public static TBuilder WithPriority<TBuilder>(this TBuilder endpoint, Priority priority) where TBuilder : IEndpointConventionBuilder =>
        endpoint.WithMetadata(new PriorityOf(priority));

    /// <summary>The same for an endpoint that is being made.</summary>
    public static void SetPriority(this EndpointBuilder endpoint, Priority priority) => endpoint.Metadata.Add(new PriorityOf(priority));

    /// <summary>The answer lasts: it takes a place among the streams, and none among the requests under way.</summary>
    public static TBuilder WithPlaceAmongStreams<TBuilder>(this TBuilder endpoint) where TBuilder : IEndpointConventionBuilder =>
        endpoint.WithMetadata(new PriorityOf(Priority.Search, IsStream: true));

    private static Task TurnAway(HttpContext context, CallerLimits callers, string code, string detail)
    {
        callers.Tell(context);
        context.Response.Headers.RetryAfter = RetryAfterSeconds;
        return PagesForPeople.IsFor(context)
            ? PagesForPeople.Of(StatusCodes.Status429TooManyRequests).ExecuteAsync(context)
            : Problem.Of(StatusCodes.Status429TooManyRequests, code, detail).ExecuteAsync(context);
    }

    internal sealed record PriorityOf(Priority Priority, bool IsStream = false);
}
