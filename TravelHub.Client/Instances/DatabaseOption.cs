using System.CommandLine;

using TravelHub.Client.Postgres;

namespace TravelHub.Client.Instances;

/// <summary>By which a command finds the database it works on: the folder's, or one that the user named.</summary>
internal static class DatabaseOption
{
    /// <summary>The <c>--postgres</c> option of the commands that work on a database.</summary>
    public static Option<string?> Postgres { get; } = new("--postgres")
    {
        Description = "The database's connection string, in place of the folder's.",
        HelpName = "CONNECTION",
    };

    /// <summary>How to reach the database that the user named, or null if he named none.</summary>
    /// <exception cref="CommandFailure">What he gave is no connection string.</exception>
    public static string? Named(ParseResult command) => command.GetValue(Postgres) is { } named ? Database.Complete(named) : null;

    /// <summary>How to reach the database.</summary>
    /// <exception cref="CommandFailure">None was named, and the folder knows of none.</exception>
    public static string Of(ParseResult command) => Named(command) ?? OfFolder(DataFolder.Of(command));

    private static string OfFolder(DataFolder folder) => Instance.Load(folder) is { ConnectionString: { Length: > 0 } known }
        ? known
        : throw new CommandFailure($"No TravelHub was ever started in {folder.Path}. Name the folder with --data, or the database with --postgres.");
}
