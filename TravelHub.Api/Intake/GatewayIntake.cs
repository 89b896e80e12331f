namespace TravelHub.Api.Intake;

/// <summary>Registers the intake and its delivery.</summary>
internal static class GatewayIntake
{
    /// <summary>Options come from the section <c>Intake</c> and are checked at start.</summary>
    public static WebApplicationBuilder AddIntake(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddOptions<IntakeOptions>().BindConfiguration("Intake").ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton<IntakeFile>().AddSingleton<IntakeSeal>().AddSingleton<KeptWrites>();
        services.AddSingleton<KeptRequests>().AddHostedService(s => s.GetRequiredService<KeptRequests>());
        services.AddSingleton<Delivery>().AddHostedService(s => s.GetRequiredService<Delivery>());
        return builder;
    }
}
