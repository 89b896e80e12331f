namespace TravelHub.Testing;

/// <summary>A folder that is gone after the test. Other users may pass through it, as PostgreSQL must when the tests run as root.</summary>
public sealed class TemporaryFolder : IDisposable
{
    private const UnixFileMode Owner = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    public TemporaryFolder()
    {
        Path = Directory.CreateTempSubdirectory("travelhub-").FullName;
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(Path, Owner | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute);
    }

    public string Path { get; }

    public string In(string name) => System.IO.Path.Combine(Path, name);

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
