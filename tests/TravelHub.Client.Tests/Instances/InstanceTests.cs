using TravelHub.Testing;
using System.Net;
using System.Net.Sockets;

using TravelHub.Client.Instances;
using TravelHub.Client.Processes;

namespace TravelHub.Client.Tests.Instances;

public sealed class InstanceTests : IDisposable
{
    private readonly TemporaryFolder _temporary = new();
    private readonly DataFolder _folder;

    public InstanceTests()
    {
        _folder = new DataFolder(_temporary.In("data"));
        _folder.Create();
    }

    public void Dispose() => _temporary.Dispose();

    [Fact]
    public void Load_Saved_IsTheSame()
    {
        var process = new ProcessRecord(
            "silo-1", 7, "boot/12", DateTimeOffset.UnixEpoch, new Dictionary<string, int> { ["silo"] = 20001 }, "fingerprint");
        var saved = new Instance { ClusterId = "th-1", ConnectionString = "Host=127.0.0.1", FirstStartDone = true };
        saved = saved with { Ports = saved.Ports.Add("silo-1/silo", 20001), Processes = saved.Processes.Add("silo-1", process) };

        saved.Save(_folder);
        var loaded = Instance.Load(_folder)!;

        Assert.Equivalent(saved, loaded, strict: true);
        Assert.Equal(saved.Keys, loaded.Keys);
    }

    [Fact]
    public void Save_Secrets_OnlyTheOwnerReads()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "There are no such modes.");

        new Instance().Save(_folder);

        var mode = OperatingSystem.IsWindows() ? UnixFileMode.None : File.GetUnixFileMode(_folder.InstanceFile);
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, mode);
    }

    [Fact]
    public void Create_FilesThatOthersCouldRead_AreClosed()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "There are no such modes.");
        const UnixFileMode Others = UnixFileMode.GroupRead | UnixFileMode.OtherRead;
        File.WriteAllText(_folder.PaymentsStore, "");
        Directory.CreateDirectory(_folder.PageKeys);
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(_folder.PaymentsStore, UnixFileMode.UserRead | UnixFileMode.UserWrite | Others);

            _folder.Create();

            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(_folder.PaymentsStore));
            Assert.Equal(UnixFileMode.None, File.GetUnixFileMode(_folder.PageKeys) & Others);
        }
    }

    [Fact]
    public void Load_NothingThere_IsNull() => Assert.Null(Instance.Load(_folder));

    [Fact]
    public void LoadRunning_UpIsGone_SaysHowToStart()
    {
        new Instance().Save(_folder);

        var failure = Assert.Throws<CommandFailure>(() => Instance.LoadRunning(_folder));

        Assert.Contains($"travelhub up --data {_folder.Path}", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void New_Keys_CarryTheirRoleAnd256Bits()
    {
        var keys = InstanceKeys.New();

        Assert.Matches("^th_client_[0-9A-Za-z]{43}$", keys.Client);
        Assert.Matches("^th_operator_[0-9A-Za-z]{43}$", keys.Operator);
        Assert.Matches("^th_researcher_[0-9A-Za-z]{43}$", keys.Researcher);
        Assert.Equal(32, Convert.FromBase64String(Secret.NewSigningKey()).Length);
    }

    [Fact]
    public void TryTake_HeldAlready_IsNullUntilFreed()
    {
        using (Assert.IsType<InstanceLock>(InstanceLock.TryTake(_folder)))
            Assert.Null(InstanceLock.TryTake(_folder));

        using var freed = InstanceLock.TryTake(_folder);
        Assert.NotNull(freed);
    }

    [Fact]
    public void Port_AskedAgain_IsTheSameUnlessAStrangerHasIt()
    {
        var port = new InstanceStore(_folder).Port("silo-1", "silo");
        var again = new InstanceStore(_folder).Port("silo-1", "silo");
        using var stranger = new TcpListener(IPAddress.Loopback, port);
        stranger.Start();
        var moved = new InstanceStore(_folder).Port("silo-1", "silo");

        Assert.Equal(port, again);
        Assert.NotEqual(port, moved);
        Assert.InRange(moved, 1024, 32767);
    }
}
