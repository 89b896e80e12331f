using System.Numerics;
using CsCheck;
using TravelHub.Grains.Abstractions.Payments;
using TravelHub.Grains.Payments;

namespace TravelHub.Grains.Tests.Payments;

public sealed class PriceRulesTests
{
    [Theory]
    [InlineData(12_000, 3, 1, 0, 36_000)]
    [InlineData(12_000, 3, 2, 0, 72_000)]
    [InlineData(333, 1, 1, 600, 353)]      // 19.98 of tax
    [InlineData(25, 1, 1, 1_000, 28)]      // 2.5 is rounded up
    [InlineData(0, 3, 1, 2_300, 0)]
    public void Total_OneLine_IsNightsTimesRoomsPlusTax(long nightlyMinor, int nights, int rooms, int taxBasisPoints, long totalMinor) =>
        Assert.Equal(new Money(totalMinor, "EUR"), PriceRules.Total(Input((nightlyMinor, nights, rooms, taxBasisPoints))));

    [Fact]
    public void Total_RandomLines_EqualsExactRationals()
    {
        Gen.Select(Gen.Long[0, 1_000_000_000], Gen.Int[1, 90], Gen.Int[1, 99], Gen.Int[0, 10_000]).Array[1, 10].Sample(lines =>
        {
            var expected = BigInteger.Zero;
            foreach (var (nightly, nights, rooms, tax) in lines)
            {
                var net = new BigInteger(nightly) * nights * rooms;
                expected += net + (2 * net * tax + 10_000) / 20_000;
            }

            Assert.Equal((long)expected, PriceRules.Total(Input(lines)).AmountMinor);
        });
    }

    [Fact]
    public void Hash_AnyFieldChanged_Differs()
    {
        string[] hashes =
        [
            PriceRules.Hash(Input((100, 2, 1, 0))), PriceRules.Hash(Input((101, 2, 1, 0))), PriceRules.Hash(Input((100, 3, 1, 0))),
            PriceRules.Hash(Input((100, 2, 2, 0))), PriceRules.Hash(Input((100, 2, 1, 1))), PriceRules.Hash(Input((100, 2, 1, 0), (100, 2, 1, 0))),
            PriceRules.Hash(Input((100, 2, 1, 0)) with { Currency = "USD" }), PriceRules.Hash(Input((100, 2, 1, 0)) with { PaymentToken = "tok" }),
            PriceRules.Hash(new PaymentInput("EUR", [new PaymentLine([100, 100], 1, 0, 5)])),
        ];

        Assert.Equal(hashes.Length, hashes.Distinct().Count());
        Assert.Equal(hashes[0], PriceRules.Hash(Input((100, 2, 1, 0))));
    }

    private static PaymentInput Input(params (long NightlyMinor, int Nights, int Rooms, int Tax)[] lines) => new(
        "EUR", [.. lines.Select(l => new PaymentLine([.. Enumerable.Repeat(l.NightlyMinor, l.Nights)], l.Rooms, l.Tax))]);
}
