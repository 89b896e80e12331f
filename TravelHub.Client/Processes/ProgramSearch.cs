namespace TravelHub.Client.Processes;

/// <summary>Finds programs as a shell would.</summary>
internal static class ProgramSearch
{
    /// <summary>The full path of a program in the folders of a PATH, or null.</summary>
    public static string? Find(string name, string? searchPath) =>
        (searchPath ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            .Select(folder => Path.Combine(folder, name))
            .FirstOrDefault(File.Exists);

    /// <summary>The full path of a program on this process's PATH, or null.</summary>
    public static string? Find(string name) => Find(name, Environment.GetEnvironmentVariable("PATH"));
}
