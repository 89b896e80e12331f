namespace TravelHub.Client.Up;

/// <summary>What the user asked of <c>up</c>.</summary>
/// <param name="Silos">How many silos; 1 to 9. Default 3: one can die and two still outvote it.</param>
/// <param name="Port">Where the gateway answers. Default 8080.</param>
/// <param name="Postgres">How to reach the user's own server; null for a private one.</param>
internal sealed record UpOptions(int Silos, int Port, string? Postgres)
{
    internal static readonly IReadOnlyDictionary<string, string> Plain = new Dictionary<string, string>();

    /// <summary>Where nothing may fail on purpose is Production, so it is not.</summary>
    internal static readonly IReadOnlyDictionary<string, string> WithFaults = new Dictionary<string, string>
    {
        ["Faults__Enabled"] = "true", ["DOTNET_ENVIRONMENT"] = "Staging", ["ASPNETCORE_ENVIRONMENT"] = "Staging",
    };

    /// <param name="hasFaults">Whether things can be made to fail on purpose.</param>
    /// <param name="hasDashboard">Whether there is Orleans' own dashboard.</param>
    internal static IReadOnlyDictionary<string, string> SettingsFor(bool hasFaults, bool hasDashboard)
    {
        var settings = new Dictionary<string, string>(hasFaults ? WithFaults : Plain);
        if (hasDashboard)
            settings["Dashboard__Enabled"] = "true";
        return settings;
    }

    /// <summary>Variables that every process gets in place of what it would be told; for experiments.</summary>
    public IReadOnlyDictionary<string, string> Settings { get; init; } = Plain;

    /// <summary>How silos and gateway are told to reach the database, made of how it is reached; for experiments. Default: the same.</summary>
    public Func<string, string> DatabaseRoute { get; init; } = connectionString => connectionString;

    /// <summary>Finds the program of a project's folder. Default: those built together with this one.</summary>
    public Func<string, string> Program { get; init; } = BuiltPrograms.Find;
}
