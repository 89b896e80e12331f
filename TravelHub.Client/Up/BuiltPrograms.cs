using System.Runtime.InteropServices;

namespace TravelHub.Client.Up;

/// <summary>The programs that were built together with this one, and the runtime that runs them.</summary>
internal static class BuiltPrograms
{
    /// <summary>The <c>dotnet</c> that runs this program, whether or not one is on the PATH.</summary>
    public static string Runtime { get; } = FindRuntime();

    /// <summary>The Release output of a project.</summary>
    /// <param name="project">Its folder in the source tree.</param>
    /// <exception cref="CommandFailure">It was not built; says how to build it.</exception>
    public static string Find(string project)
    {
        var folder = Path.Combine(RepositoryRoot.Find(), project);
        var program = Path.Combine(folder, "bin", "Release", "net10.0", $"{Path.GetFileName(project)}.dll");
        return File.Exists(program)
            ? program
            : throw new CommandFailure($"{program} is not there. Build it with: dotnet build -c Release {folder}");
    }

    private static string FindRuntime()
    {
        var name = OperatingSystem.IsWindows() ? "dotnet.exe" : "dotnet";
        var beside = Path.GetFullPath(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", "..", name));
        return File.Exists(beside) ? beside : name;
    }
}
