using System.CommandLine;
using TravelHub.Client.Http;
using TravelHub.Lab.Soak;

namespace TravelHub.Lab.Tests.Soak;

public sealed class SoakCommandTests
{
    [Theory]
    [InlineData("ack-before-effect, cursor-on-id-alone, hold-ended-by-inventory-clock, missing-fence", "--plant", "weeds")]
    [InlineData("--clients takes 1 to 256", "--clients", "0")]
    [InlineData("--every takes", "--every", "0")]
    [InlineData("--minutes takes", "--minutes", "2000")]
    [InlineData("--every: a fault is made only where half its period is left", "--minutes", "0.4", "--every", "17")]
    [InlineData("is not empty", "--data", "/")]
    public async Task Invoke_UnusableInput_SaysWhy(string words, params string[] arguments)
    {
        var refused = await Assert.ThrowsAsync<InputException>(() => SoakCommand.Create(TimeProvider.System).Parse(arguments)
            .InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false }, TestContext.Current.CancellationToken));

        Assert.Contains(words, refused.Message, StringComparison.Ordinal);
    }
}
