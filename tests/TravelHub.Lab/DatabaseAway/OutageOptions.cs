namespace TravelHub.Lab.DatabaseAway;

/// <summary>How the database is away.</summary>
internal enum OutageKind
{
    /// <summary><c>pg_ctl stop -m immediate</c>: connections break, and new ones are refused.</summary>
    Stop,

    /// <summary>SIGSTOP to all its processes: connections stand, and nothing answers.</summary>
    Freeze,
}

/// <summary>What a silo suffers meanwhile.</summary>
internal enum SiloFate
{
    None,

    /// <summary>SIGKILL.</summary>
    Kill,

    /// <summary>SIGTERM: it ends as well as it can, and is started again.</summary>
    Restart,
}

/// <summary>An absence of the database.</summary>
internal sealed record OutageOptions(TimeSpan Length, OutageKind How, SiloFate Silo);
