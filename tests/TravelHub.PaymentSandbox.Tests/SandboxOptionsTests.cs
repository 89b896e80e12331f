using Microsoft.Extensions.Options;

namespace TravelHub.PaymentSandbox.Tests;

public sealed class SandboxOptionsTests
{
    [Fact]
    public void Build_NothingConfigured_NamesEveryErrorAtOnce()
    {
        var refused = Assert.Throws<OptionsValidationException>(() =>
            Program.Build(["--Urls=http://0.0.0.0:0", "--Sandbox:Key=short", "--Sandbox:MaxBatch=0", "--Sandbox:HeldAnswer=00:00:01"], TimeProvider.System));

        Assert.Equal(5, refused.Failures.Count());
        Assert.All(
            ["Sandbox:Store", "Sandbox:Key", "Sandbox:MaxBatch", "Sandbox:HeldAnswer", "Urls"],
            option => Assert.Contains(refused.Failures, failure => failure.StartsWith(option, StringComparison.Ordinal)));
    }
}
