using System.CommandLine;
using TravelHub.Client.Http;

namespace TravelHub.Client.Tests.Http;

public sealed class TargetOptionsTests
{
    [Fact]
    public void Resolve_Folder_IsReadAndOverruledByTheCommandLine()
    {
        var folder = Directory.CreateTempSubdirectory();
        try
        {
            File.WriteAllText(
                Path.Combine(folder.FullName, "instance.json"),
                """{"url":"http://127.0.0.1:8080","connectionString":"Host=x","keys":{"client":"c","operator":"o","researcher":"r"},"ports":{}}""");

            var target = Resolve("--data", folder.FullName, "--client-key", "mine");

            Assert.Equal(
                new Target(new Uri("http://127.0.0.1:8080"), "mine", "o", "Host=x", Path.Combine(folder.FullName, "payments.db")), target);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public void Resolve_NoAddress_SaysWhatIsMissing() => Assert.Throws<InputException>(() => Resolve("--key", "o", "--data", "/no/such/folder"));

    private static Target Resolve(params string[] args)
    {
        var options = new TargetOptions();
        var command = new Command("any");
        options.AddAll(command);
        return options.Resolve(command.Parse(args));
    }
}
