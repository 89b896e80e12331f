using Microsoft.Extensions.Options;
using TravelHub.PaymentSandbox.Access;
using TravelHub.PaymentSandbox.Charges;
using TravelHub.PaymentSandbox.Ledger;
using TravelHub.PaymentSandbox.Refunds;

namespace TravelHub.PaymentSandbox;

/// <summary>The payment provider's sandbox: it stands for a real, external provider and shares no code with its callers.</summary>
internal static class Program
{
    public static Task Main(string[] args) => Build(args, TimeProvider.System).RunAsync();

    /// <summary>Builds the program without starting it. It listens on <c>Urls</c>, by default <c>http://127.0.0.1:5090</c>.</summary>
    /// <exception cref="OptionsValidationException">On start: every option that is out of range, all at once.</exception>
    public static WebApplication Build(string[] args, TimeProvider time)
    {
        // Nothing is configured while it runs, and a watch over the content root would wake for every write to a store below it.
        var builder = WebApplication.CreateSlimBuilder(["--hostBuilder:reloadConfigOnChange=false", .. args]);
        builder.AddSandboxHost(time);
        builder.Services.AddLedger();
        builder.Services.AddCharges();

        var app = builder.Build();
        app.UseBearerKey();
        app.MapReadiness();
        app.MapCharges();
        app.MapRefunds();
        app.MapLedger();
        return app;
    }
}
