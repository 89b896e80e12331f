using System.ComponentModel.DataAnnotations;

namespace TravelHub.Api.Access;

/// <summary>Development keys, one a role, and how issued keys are known; bound from the section <c>Keys</c>.</summary>
internal sealed class KeyOptions
{
    /// <summary>A key for development. It is taken over loopback only, and only while the gateway listens nowhere else.</summary>
    /// <value>Default none; so are the other two.</value>
    public string? Client { get; set; }

    /// <inheritdoc cref="Client"/>
    public string? Operator { get; set; }

    /// <inheritdoc cref="Client"/>
    public string? Researcher { get; set; }

    /// <summary>How often the gateway asks which keys have changed.</summary>
    /// <value>Default 2 s; 100 ms to 4 s: a key that is issued or revoked at one gateway is so at all within 5 s.</value>
    [Range(typeof(TimeSpan), "00:00:00.100", "00:00:04")]
    public TimeSpan RefreshEvery { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>How long known keys are taken while the database does not answer.</summary>
    /// <value>Default 15 min; 1 s to 24 h. Longer than an outage that customers shall not notice: then no issued key is taken any more.</value>
    [Range(typeof(TimeSpan), "00:00:01", "1.00:00:00")]
    public TimeSpan TrustFor { get; set; } = TimeSpan.FromMinutes(15);
}
