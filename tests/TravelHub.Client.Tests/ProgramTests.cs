using TravelHub.Client.Up;

namespace TravelHub.Client.Tests;

public sealed class ProgramTests
{
    [Theory]
    [InlineData("no-such-command")]
    [InlineData("up", "--silos", "0")]
    [InlineData("up", "--no-such-option")]
    [InlineData("analytics", "report", "--data", "/no/such/folder")]
    [InlineData("silos", "--data", "/no/such/folder")]
    public void Main_UnusableInput_ExitsWithTwo(params string[] args) => Assert.Equal(2, Run(args));

    [Theory]
    [InlineData(0, "up", "--help")]
    [InlineData(1, "log", "verify", "--data", "/no/such/folder")]
    [InlineData(1, "analytics", "report", "--url", "http://127.0.0.1:9", "--operator-key", "o")]
    public void Main_UsableInput_ExitsAsTheCommandDoes(int exitCode, params string[] args) => Assert.Equal(exitCode, Run(args));

    private static int Run(string[] args) => (int)typeof(UpCommand).Assembly.EntryPoint!.Invoke(null, [args])!;
}
