using Microsoft.Extensions.Time.Testing;
using Spectre.Console;
using TravelHub.Client.Up;

namespace TravelHub.Client.Tests.Up;

public sealed class UpScreenTests
{
    [Fact]
    public void Say_OutputIsGone_LosesTheLineAndGoesOn()
    {
        using var gone = new GoneOutput();
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(gone), Ansi = AnsiSupport.No, Interactive = InteractionSupport.No });

        new UpScreen(console, new FakeTimeProvider()).Say("silo-1 ended");

        Assert.True(gone.WasWrittenTo);
    }

    private sealed class GoneOutput : StringWriter
    {
        public bool WasWrittenTo { get; private set; }

        public override void WriteLine(string? value)
        {
            WasWrittenTo = true;
            throw new IOException("Input/output error");
        }
    }
}
