using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;

using Npgsql;

using TravelHub.Client.Processes;

namespace TravelHub.Client.Instances;

/// <summary>All that is remembered of an instance between the commands that speak to it; kept in <c>instance.json</c>.</summary>
internal sealed record Instance
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    /// <summary>Where the gateway answers.</summary>
    public Uri Url { get; init; } = new("http://127.0.0.1:8080");

    /// <summary>The name under which silos and gateway find each other; a new one at each cold start.</summary>
    public string ClusterId { get; init; } = "";

    /// <summary>How to reach the database; empty until <c>up</c> has reached it once.</summary>
    public string ConnectionString { get; init; } = "";

    /// <summary>The password of the role by which silos and gateway use the database.</summary>
    public string AppPassword { get; init; } = Secret.New();

    public InstanceKeys Keys { get; init; } = InstanceKeys.New();

    /// <summary>What the gateway signs quotes with: base64 of 32 bytes.</summary>
    public string QuotesSigningKey { get; init; } = Secret.NewSigningKey();

    public string PostgresPassword { get; init; } = Secret.New();

    public string ProviderKey { get; init; } = Secret.New();

    /// <summary>The folder of PostgreSQL's programs, to stop the private server with; null before there was one.</summary>
    public string? PostgresBinaries { get; init; }

    /// <summary>Every port that was given out, by owner and purpose, such as <c>silo-1/gateway</c>. They stay the same for good.</summary>
    public ImmutableSortedDictionary<string, int> Ports { get; init; } = ImmutableSortedDictionary<string, int>.Empty;

    /// <summary>The <c>up</c> that looks after the instance, or did last.</summary>
    public ProcessRecord? Up { get; init; }

    /// <summary>The processes that were started last, by name.</summary>
    public ImmutableSortedDictionary<string, ProcessRecord> Processes { get; init; } =
        ImmutableSortedDictionary<string, ProcessRecord>.Empty;

    /// <summary>The silos that an operator took away and nobody starts, as <c>up</c> last found them wished.</summary>
    public ImmutableSortedSet<string> Away { get; init; } = [];

    /// <summary>Whether what a new instance does once was done.</summary>
    public bool FirstStartDone { get; init; }

    [JsonIgnore]
    public bool IsUp => Up is { IsAlive: true };

    /// <summary>Whether the data is in the folder's own server, as it will be too if there is none yet; otherwise it is where the user said.</summary>
    [JsonIgnore]
    public bool HasPrivateDatabase =>
        ConnectionString.Length == 0 || new NpgsqlConnectionStringBuilder(ConnectionString).Password == PostgresPassword;

    /// <summary>Where the payment provider answers, or null before it was first started.</summary>
    [JsonIgnore]
    public Uri? ProviderUrl => Ports.TryGetValue("provider/http", out var port) ? new Uri($"http://127.0.0.1:{port}") : null;

    /// <summary>The instance that a folder holds, or null if none was ever started there.</summary>
    /// <exception cref="CommandFailure">The file cannot be read.</exception>
    public static Instance? Load(DataFolder folder)
    {
        try
        {
            return JsonSerializer.Deserialize<Instance>(File.ReadAllText(folder.InstanceFile), Json);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
        catch (Exception e) when (e is JsonException or IOException or UnauthorizedAccessException)
        {
            throw new CommandFailure($"{folder.InstanceFile} cannot be read: {e.Message}", e);
        }
    }

    /// <summary>The instance that a folder holds, for commands that need one that runs.</summary>
    /// <exception cref="CommandFailure">None does; says how to start it.</exception>
    public static Instance LoadRunning(DataFolder folder) =>
        Load(folder) is { IsUp: true } instance
            ? instance
            : throw new CommandFailure($"TravelHub is not running in {folder.Path}. Start it with: travelhub up --data {folder.Path}");

    /// <summary>Replaces the file as a whole, readable by its owner alone.</summary>
    public void Save(DataFolder folder)
    {
        var unfinished = folder.InstanceFile + ".new";
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        using (var file = new FileStream(unfinished, options))
        {
            JsonSerializer.Serialize(file, this, Json);
            // The database's password is in here: losing it to a power cut would lose the data.
            file.Flush(flushToDisk: true);
        }

        File.Move(unfinished, folder.InstanceFile, overwrite: true);
    }
}
