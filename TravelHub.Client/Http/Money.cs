namespace TravelHub.Client.Http;

/// <summary>An amount in the minor unit of its currency (cents for EUR).</summary>
/// <param name="Currency">ISO 4217, three capital letters.</param>
internal readonly record struct Money(long AmountMinor, string Currency)
{
    public override string ToString() => $"{AmountMinor} {Currency} (minor)";
}
