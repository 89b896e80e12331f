using Npgsql;
using TravelHub.Client.Up;
using TravelHub.Grains.Faults;
using TravelHub.Lab.Faults;

namespace TravelHub.Lab.Instances;

/// <summary>Where and how an instance of the lab runs.</summary>
/// <param name="DataFolder">Holds all its files.</param>
/// <param name="Plant">A bug to run with, one of <see cref="Plants.Names"/>; null for none.</param>
internal sealed record LabSite(string DataFolder, string? Plant)
{
    /// <summary>How long an unpaid hold lives: short, so that many lapse in a run.</summary>
    public static readonly TimeSpan HoldLifetime = TimeSpan.FromSeconds(10);

    /// <summary>Whether unpaid holds live for <see cref="HoldLifetime"/>, or for as long as an instance of <c>up</c> keeps them.</summary>
    public bool HasShortHolds { get; init; } = true;

    /// <summary>Whether replicas can be made to lie.</summary>
    public bool HasLiars { get; init; }

    /// <summary>Those of them that will, as <c>group/number</c>; null where they change.</summary>
    public IReadOnlyList<string>? Liars { get; init; }

    /// <summary>Whether faults are enabled though none is set: so that all arms of an experiment pay for it.</summary>
    public bool TakesFaults { get; init; }

    /// <summary>Variables beside the lab's own.</summary>
    public IReadOnlyDictionary<string, string> Extra { get; init; } = new Dictionary<string, string>();

    /// <summary>A tactic to run without, one of <see cref="Controls.Names"/>; null for none.</summary>
    public string? Without { get; init; }

    /// <summary>Finds the program of a project's folder. Default: those built together with <c>up</c>.</summary>
    public Func<string, string> Program { get; init; } = BuiltPrograms.Find;

    /// <summary>What silos and gateway reach the database through; null for nothing.</summary>
    public TcpProxy? DatabaseProxy { get; init; }

    /// <inheritdoc cref="UpOptions.DatabaseRoute"/>
    public string DatabaseRoute(string connectionString)
    {
        if (DatabaseProxy is null)
            return connectionString;
        var route = new NpgsqlConnectionStringBuilder(connectionString);
        DatabaseProxy.Target = route.Port;
        (route.Host, route.Port) = ("127.0.0.1", DatabaseProxy.Port);
        return route.ConnectionString;
    }

    /// <summary>The variables of all its processes.</summary>
    public IReadOnlyDictionary<string, string> Settings()
    {
        var settings = new Dictionary<string, string>();
        if (HasShortHolds)
        {
            settings["Reservations__HoldLifetime"] = HoldLifetime.ToString("c");
            settings["Reservations__AnswerWithin"] = "00:00:05";   // shorter than a hold lives
        }

        if (Plant is not null || HasLiars || Without is not null || TakesFaults)
        {
            settings["DOTNET_ENVIRONMENT"] = settings["ASPNETCORE_ENVIRONMENT"] = "Testing";
            settings["Faults__Enabled"] = "true";
        }

        if (Plant is not null)
            settings["Faults__Plant"] = Plant;

        if (Without is not null)
            settings["Faults__Without"] = Without;
        foreach (var (name, value) in Extra)
            settings[name] = value;

        return settings;
    }
}
