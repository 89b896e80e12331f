using TravelHub.Load.Targets;

namespace TravelHub.Load.Tests.Targets;

public sealed class LoadTargetTests
{
    [Fact]
    public void Find_Folder_ReadsAddressAndClientKey()
    {
        var folder = Directory.CreateTempSubdirectory("travelhub-load-");
        try
        {
            File.WriteAllText(
                Path.Combine(folder.FullName, "instance.json"), """{"url": "http://127.0.0.1:8123", "keys": {"client": "c", "operator": "o"}, "up": null}""");

            Assert.Equal(new LoadTarget(new Uri("http://127.0.0.1:8123"), "c"), LoadTarget.Find(null, null, folder.FullName));
            Assert.Equal(new LoadTarget(new Uri("http://127.0.0.1:9"), "k"), LoadTarget.Find("http://127.0.0.1:9", "k", folder.FullName));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Theory]
    [InlineData(null, null, "/no/such/folder")]
    [InlineData("http://127.0.0.1:9", null, null)]
    [InlineData(null, "k", null)]
    [InlineData("127.0.0.1:9", "k", null)]
    public void Find_NotEnough_SaysWhatIsMissing(string? url, string? key, string? folder) =>
        Assert.Throws<TargetException>(() => LoadTarget.Find(url, key, folder));
}
