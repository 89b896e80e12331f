using System.ComponentModel.DataAnnotations;

namespace TravelHub.Api.Audit;

/// <summary>What the audit log takes; bound from the section <c>Audit</c>.</summary>
internal sealed class AuditOptions
{
    /// <summary>Refusals that are written one by one after a quiet time.</summary>
    /// <value>Default 100; 1 to 1,000,000.</value>
    [Range(1, 1_000_000)]
    public int RefusalBurst { get; set; } = 100;

    /// <summary>Refusals a second that are written one by one when they do not end; the others are counted.</summary>
    /// <value>Default 2; 1 to 10,000.</value>
    [Range(1, 10_000)]
    public int RefusalsPerSecond { get; set; } = 2;
}
