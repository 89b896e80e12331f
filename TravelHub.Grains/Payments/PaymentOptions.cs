using System.ComponentModel.DataAnnotations;

namespace TravelHub.Grains.Payments;

/// <summary>Votes and the provider.</summary>
public sealed class PaymentOptions
{
    /// <summary>Where the payment provider is reached.</summary>
    [Required]
    public Uri? ProviderUrl { get; set; }

    /// <summary>The merchant's secret at the provider.</summary>
    [Required, MinLength(1)]
    public string ProviderKey { get; set; } = "";

    /// <summary>How long one request to the provider may take; then its outcome is unknown and it is repeated under the same id.</summary>
    /// <value>Default 4 s; 100 ms to 1 min.</value>
    [Range(typeof(TimeSpan), "00:00:00.100", "00:01:00")]
    public TimeSpan ProviderTimeout { get; set; } = TimeSpan.FromSeconds(4);

    /// <summary>How long a vote waits for replicas.</summary>
    /// <value>Default 2 s; 10 ms to 30 s.</value>
    [Range(typeof(TimeSpan), "00:00:00.010", "00:00:30")]
    public TimeSpan VoteTimeout { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>Groups of five replicas; payments are spread over them.</summary>
    /// <value>Default 3; 1 to 1,024. The same on all silos.</value>
    [Range(1, 1024)]
    public int ReplicaGroups { get; set; } = 3;
}
