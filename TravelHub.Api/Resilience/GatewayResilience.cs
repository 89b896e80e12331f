namespace TravelHub.Api.Resilience;

/// <summary>Registers the breakers and the pipelines around them.</summary>
internal static class GatewayResilience
{
    /// <summary>Options come from the sections <c>Breaker</c> and <c>Calls</c> and are checked at start.</summary>
    public static WebApplicationBuilder AddResilience(this WebApplicationBuilder builder)
    {
        builder.Services.AddOptions<BreakerOptions>().BindConfiguration("Breaker").ValidateDataAnnotations().ValidateOnStart();
        builder.Services.AddOptions<CallOptions>().BindConfiguration("Calls").ValidateDataAnnotations().ValidateOnStart();
        builder.Services.AddSingleton<DependencyPipelines>();
        return builder;
    }
}
