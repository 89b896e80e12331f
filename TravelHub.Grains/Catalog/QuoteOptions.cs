using System.ComponentModel.DataAnnotations;

namespace TravelHub.Grains.Catalog;

/// <summary>How prices are promised.</summary>
public sealed class QuoteOptions
{
    /// <summary>Key that signs quotes, base64 of at least 32 bytes. All silos need the same; a new one voids the quotes that are out.</summary>
    [Required, MinLength(44)]
    public string SigningKey { get; set; } = "";

    /// <summary>How long a quote binds the price.</summary>
    /// <value>Default 15 min; 1 s to 24 h.</value>
    [Range(typeof(TimeSpan), "00:00:01", "1.00:00:00")]
    public TimeSpan Lifetime { get; set; } = TimeSpan.FromMinutes(15);
}
