using System.ComponentModel.DataAnnotations;

namespace TravelHub.Silo;

/// <summary>Who this silo is, and where it listens. Bound from the section <c>TravelHub</c>.</summary>
internal sealed class SiloOptions
{
    /// <summary>The membership that this silo joins. A cold start of the whole cluster takes a new one, so that no dead silo blocks it.</summary>
    [Required]
    public string ClusterId { get; set; } = "";

    /// <summary>The silo's name; it keeps it over restarts.</summary>
    [Required]
    public string SiloName { get; set; } = "";

    /// <summary>Port for other silos, on loopback.</summary>
    /// <value>1,024 to 32,767: an ephemeral port can connect to itself.</value>
    [Range(1024, 32767)]
    public int SiloPort { get; set; }

    /// <summary>Port for clients of the cluster, on loopback.</summary>
    /// <value>1,024 to 32,767, other than <see cref="SiloPort"/>.</value>
    [Range(1024, 32767)]
    public int GatewayPort { get; set; }

    /// <summary>What the silo does beside bookings, separated by commas.</summary>
    /// <value>Default <c>analytics</c>, the only role there is; empty for none. Where no silo carries a role, what belongs to it is away.</value>
    [RegularExpression("(?i) *(analytics)? *")]
    public string Roles { get; set; } = "analytics";
}
