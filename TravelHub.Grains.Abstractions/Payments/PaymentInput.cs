using System.Collections.Immutable;

namespace TravelHub.Grains.Abstractions.Payments;

/// <summary>
/// Everything that a price and the decision about it are computed from, frozen with the request. Each replica gets these same values and reads no
/// rate itself.
/// </summary>
/// <param name="Currency">ISO 4217; one for all lines.</param>
/// <param name="Lines">One for each stay, in the order of the request.</param>
/// <param name="PaymentToken">The provider's reference that is to be charged; null while nothing is to be paid yet.</param>
/// <param name="Conversion">Into which currency the total is converted; null when it is charged in that of the lines.</param>
[GenerateSerializer, Immutable, Alias("travelhub.payment-input.v1")]
public sealed record PaymentInput(
    [property: Id(0)] string Currency, [property: Id(1)] ImmutableArray<PaymentLine> Lines, [property: Id(2)] string? PaymentToken = null,
    [property: Id(3)] Conversion? Conversion = null)
{
    /// <summary>The currency that is charged.</summary>
    public string ChargeCurrency => Conversion?.Currency ?? Currency;
}

/// <summary>An exchange of the total, at a rate that was frozen with the request.</summary>
/// <param name="Currency">ISO 4217; what is charged.</param>
/// <param name="RateMillionths">How many of its minor units a million minor units of the lines' currency come to; 1 to 10^12. A half is rounded up.</param>
[GenerateSerializer, Immutable, Alias("travelhub.conversion.v1")]
public sealed record Conversion([property: Id(0)] string Currency, [property: Id(1)] long RateMillionths);

/// <summary>One stay, as far as its price is concerned.</summary>
/// <param name="NightlyMinor">Price of one room for each night, in minor units, before tax.</param>
/// <param name="Rooms">How many rooms.</param>
/// <param name="TaxBasisPoints">Tax on the line, in hundredths of a percent; a half minor unit is rounded up.</param>
/// <param name="RoomNightFeeMinor">Fee for each room and night, in minor units; it is not taxed.</param>
[GenerateSerializer, Immutable, Alias("travelhub.payment-line.v1")]
public sealed record PaymentLine(
    [property: Id(0)] ImmutableArray<long> NightlyMinor, [property: Id(1)] int Rooms, [property: Id(2)] int TaxBasisPoints,
    [property: Id(3)] long RoomNightFeeMinor = 0);

/// <summary>What is to be done about a payment.</summary>
public enum PaymentDecision
{
    /// <summary>The amount is to be charged.</summary>
    Charge,

    /// <summary>The stay costs nothing.</summary>
    NothingToPay,

    /// <summary>The token is none of the provider's: nothing may be sent there.</summary>
    RefuseToken,
}

/// <summary>What one replica found. Two verdicts agree when all of their fields are equal.</summary>
/// <param name="AmountMinor">The total to charge, in minor units.</param>
/// <param name="Currency">ISO 4217.</param>
/// <param name="RuleVersion">Version of the price rules that were applied.</param>
/// <param name="InputHash">SHA-256 of the canonical input bytes, in lower-case hexadecimal.</param>
[GenerateSerializer, Immutable, Alias("travelhub.verdict.v1")]
public sealed record Verdict(
    [property: Id(0)] long AmountMinor, [property: Id(1)] string Currency, [property: Id(2)] int RuleVersion, [property: Id(3)] string InputHash,
    [property: Id(4)] PaymentDecision Decision = PaymentDecision.Charge);
