namespace TravelHub.Client.Up;

/// <summary>The folder of the source tree that this program was built in; the programs that <c>up</c> starts are built there too.</summary>
internal static class RepositoryRoot
{
    private const string Marker = "TravelHub.slnx";

    /// <exception cref="CommandFailure">This program was copied out of its tree.</exception>
    public static string Find()
    {
        for (var at = new DirectoryInfo(AppContext.BaseDirectory); at is not null; at = at.Parent)
        {
            if (File.Exists(Path.Combine(at.FullName, Marker)))
                return at.FullName;
        }

        throw new CommandFailure($"No folder above {AppContext.BaseDirectory} has {Marker}: run travelhub from the tree it was built in.");
    }
}
