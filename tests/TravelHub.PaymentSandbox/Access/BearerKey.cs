using System.Security.Cryptography;
using System.Text;
using TravelHub.PaymentSandbox.Answers;

namespace TravelHub.PaymentSandbox.Access;

/// <summary>Lets in who shows the key, and everyone to the readiness route.</summary>
internal static class BearerKey
{
    public static void UseBearerKey(this WebApplication app)
    {
        var expected = Encoding.UTF8.GetBytes($"Bearer {app.Services.GetRequiredService<SandboxOptions>().Key}");
        app.Use((http, next) =>
            Shows(http.Request.Headers.Authorization.ToString(), expected) || http.Request.Path == "/health/ready"
                ? next(http)
                : Refuse(http));
    }

    /// <summary>Compares in a time that does not depend on where the first difference is.</summary>
    private static bool Shows(string header, byte[] expected)
    {
        Span<byte> shown = stackalloc byte[1024];
        return Encoding.UTF8.TryGetBytes(header, shown, out var length)
            && CryptographicOperations.FixedTimeEquals(shown[..length], expected);
    }

    private static Task Refuse(HttpContext http)
    {
        http.Response.Headers.WWWAuthenticate = "Bearer";
        return Problem.Answer(StatusCodes.Status401Unauthorized, "unauthorized", "Send 'Authorization: Bearer <key>'.").ExecuteAsync(http);
    }
}
