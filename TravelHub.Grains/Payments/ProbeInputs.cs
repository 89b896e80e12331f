using TravelHub.Grains.Abstractions.Payments;

namespace TravelHub.Grains.Payments;

/// <summary>Makes up payments that a replica can't tell from real ones: those seen last with other prices, or plausible ones while none was seen.</summary>
internal sealed class ProbeInputs(Random random)
{
    private static readonly int[] Taxes = [0, 600, 700, 1_000, 2_000];

    private PaymentInput? _last;

    /// <summary>The newest real payment is the pattern of the next probe.</summary>
    public void Remember(PaymentInput real) => _last = real;

    public PaymentInput Next() => _last is { } pattern
        ? pattern with { Lines = [.. pattern.Lines.Select(line => line with { NightlyMinor = [.. line.NightlyMinor.Select(_ => Price())] })] }
        : new PaymentInput("EUR", [new PaymentLine([.. Enumerable.Range(0, random.Next(1, 8)).Select(_ => Price())], random.Next(1, 3), Taxes[random.Next(Taxes.Length)])], "tok_ok");

    private long Price() => random.NextInt64(3_000, 40_000);
}
