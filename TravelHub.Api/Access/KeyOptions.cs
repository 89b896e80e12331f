namespace TravelHub.Api.Access;

/// <summary>Development keys, one a role; bound from the section <c>Keys</c>. A role without a key can't be taken.</summary>
internal sealed class KeyOptions
{
    public string? Client { get; set; }
    public string? Operator { get; set; }
    public string? Researcher { get; set; }
}
