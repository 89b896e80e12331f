using TravelHub.Grains.Abstractions.Payments;

namespace TravelHub.Grains.Payments.Engines;

/// <summary>
/// The price rules, version 1, as one of several programs that were written apart and share nothing but their input. Of each line: the nightly
/// prices times the rooms; tax on that in hundredths of a percent, half a minor unit rounded up; the fee for each room and night. The total is
/// their sum, and has to fit into 64 bits; a conversion multiplies it by the rate in millionths, half a minor unit rounded up. A token is 1 to 128 ASCII letters, digits, '_' and '-', the first of them a letter.
/// </summary>
internal interface IPriceEngine
{
    /// <exception cref="OverflowException">The total does not fit into 64 bits, before a conversion or after it.</exception>
    PriceAnswer Price(PaymentInput input);
}

/// <param name="AmountMinor">Whole minor units.</param>
internal readonly record struct PriceAnswer(long AmountMinor, PaymentDecision Decision);
