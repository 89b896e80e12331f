using Microsoft.Extensions.DependencyInjection;
using Orleans.Serialization;

namespace TravelHub.Grains.Abstractions;

/// <summary>Which errors a call may end with, beside those of this assembly and of the platform.</summary>
public static class ErrorContracts
{
    /// <summary>Lets the database's errors be told as what they are. Without it a caller hears only that an error could not be sent, and takes it for a bug.</summary>
    public static IServiceCollection AddErrorContracts(this IServiceCollection services) =>
        services.Configure<ExceptionSerializationOptions>(o => o.SupportedNamespacePrefixes.Add("Npgsql"));
}
