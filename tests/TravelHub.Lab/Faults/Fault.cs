namespace TravelHub.Lab.Faults;

/// <summary>What is done to the instance.</summary>
internal enum FaultKind
{
    /// <summary>SIGKILL to a silo.</summary>
    KillSilo,

    /// <summary>SIGSTOP to a silo, and SIGCONT after a while: one that slept longer than its death takes to be declared wakes as a zombie.</summary>
    PauseSilo,

    /// <summary>SIGKILL to PostgreSQL's first process and all its children.</summary>
    KillPostgres,

    /// <summary>The same, and a silo dies while the database is away.</summary>
    KillPostgresAndSilo,

    /// <summary>SIGKILL to the payment provider.</summary>
    KillProvider,
}

/// <summary>One fault of a schedule.</summary>
/// <param name="At">When, from the beginning of the load.</param>
/// <param name="Silo">Which silo, from 1; 0 when none.</param>
/// <param name="Length">How long a silo stands still, or how long after the database it dies.</param>
internal sealed record Fault(TimeSpan At, FaultKind Kind, int Silo, TimeSpan Length)
{
    public override string ToString() => Kind switch
    {
        FaultKind.KillSilo => $"kill silo-{Silo}",
        FaultKind.PauseSilo => FormattableString.Invariant($"pause silo-{Silo} for {Length.TotalSeconds:0.0} s"),
        FaultKind.KillPostgres => "kill PostgreSQL",
        FaultKind.KillProvider => "kill the payment provider",
        _ => FormattableString.Invariant($"kill PostgreSQL, and silo-{Silo} {Length.TotalSeconds:0.00} s later"),
    };
}
