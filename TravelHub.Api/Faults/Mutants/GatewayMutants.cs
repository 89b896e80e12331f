using TravelHub.Api.Intake;
using TravelHub.Api.Reservations;

namespace TravelHub.Api.Faults.Mutants;

/// <summary>All planted bugs of the gateway by name. The lab must find each; a build for anything else has none of them.</summary>
internal static class GatewayMutants
{
    // Whatever is kept is gone with the same statement.
    private const string ForgetSql = "CREATE TRIGGER forget AFTER INSERT ON requests BEGIN DELETE FROM requests WHERE number = NEW.number; END";

    /// <summary>What it does not know is a bug of the silos.</summary>
    public static void AddMutant(this WebApplicationBuilder builder, string? name)
    {
        switch (name)
        {
            case "gateway-ignores-keys":
                builder.Services.AddSingleton<IStartupFilter, IgnoresKeys>();
                break;
            case "gateway-intake-forgets":
                builder.Services.AddHostedService<IntakeForgets>();
                break;
        }
    }

    /// <summary>Every booking is a new one, whatever key it comes with.</summary>
    private sealed class IgnoresKeys : IStartupFilter
    {
        public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
        {
            app.Use((context, following) =>
            {
                if (context.Request.Path == "/v1/reservations" && context.Request.Headers.ContainsKey(IdempotencyKeys.Header))
                    context.Request.Headers[IdempotencyKeys.Header] = Guid.NewGuid().ToString("N");
                return following(context);
            });
            next(app);
        };
    }

    /// <summary>What was answered 202 is not in the file.</summary>
    private sealed class IntakeForgets(IntakeFile file) : BackgroundService
    {
        protected override Task ExecuteAsync(CancellationToken stoppingToken)
        {
            using var connection = file.OpenForWriting();
            using var command = connection.CreateCommand();
            command.CommandText = ForgetSql;
            command.ExecuteNonQuery();
            return Task.CompletedTask;
        }
    }
}
