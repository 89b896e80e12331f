using CsCheck;
using TravelHub.Grains.Abstractions.Payments;
using TravelHub.Grains.Payments.Engines;

namespace TravelHub.Grains.Tests.Payments;

public sealed class EnginesTests
{
    private const int Samples = 300_000;

    private static readonly IPriceEngine[] Engines = [new IntegerEngine(), new DecimalEngine(), new RationalEngine()];

    /// <summary>Worked out by hand.</summary>
    [Theory]
    [InlineData(36_000, PaymentDecision.Charge, "tok_ok", 0, 0, 1, 12_000, 12_000, 12_000)]
    [InlineData(353, PaymentDecision.Charge, "tok_ok", 600, 0, 1, 333)]             // 19.98 of tax
    [InlineData(28, PaymentDecision.Charge, "tok_ok", 1_000, 0, 1, 25)]             // 2.5 is rounded up
    [InlineData(27, PaymentDecision.Charge, "tok_ok", 999, 0, 1, 25)]               // 2.4975 is not
    [InlineData(10_700, PaymentDecision.Charge, "tok_ok", 700, 0, 2, 2_500, 2_500)]
    [InlineData(11_500, PaymentDecision.Charge, "tok_ok", 700, 200, 2, 2_500, 2_500)]   // the fee is not taxed
    [InlineData(800, PaymentDecision.Charge, "tok_ok", 700, 200, 2, 0, 0)]
    [InlineData(0, PaymentDecision.NothingToPay, "tok_ok", 700, 0, 2, 0, 0)]
    [InlineData(0, PaymentDecision.NothingToPay, null, 0, 0, 1)]
    [InlineData(100, PaymentDecision.Charge, null, 0, 0, 1, 100)]
    [InlineData(100, PaymentDecision.RefuseToken, "", 0, 0, 1, 100)]
    [InlineData(100, PaymentDecision.RefuseToken, "4242424242424242", 0, 0, 1, 100)]
    [InlineData(100, PaymentDecision.RefuseToken, "_tok", 0, 0, 1, 100)]
    [InlineData(100, PaymentDecision.RefuseToken, "tok ok", 0, 0, 1, 100)]
    [InlineData(100, PaymentDecision.RefuseToken, "tok_ok\n", 0, 0, 1, 100)]
    [InlineData(100, PaymentDecision.RefuseToken, "tök", 0, 0, 1, 100)]
    [InlineData(0, PaymentDecision.RefuseToken, "4", 0, 0, 1, 0)]
    public void Price_GoldenVector_IsTheSameOfAll(
        long amountMinor, PaymentDecision decision, string? token, int taxBasisPoints, long fee, int rooms, params int[] nightlyMinor)
    {
        var input = new PaymentInput("EUR", [new PaymentLine([.. nightlyMinor.Select(n => (long)n)], rooms, taxBasisPoints, fee)], token);

        Assert.All(Engines, engine => Assert.Equal(new PriceAnswer(amountMinor, decision), engine.Price(input)));
    }

    /// <summary>Amounts that nobody pays too, and tokens that are nearly right.</summary>
    [Fact]
    public void Price_RandomInput_IsTheSameOfAll()
    {
        var amount = Gen.OneOf(Gen.Long[0, 100], Gen.Long[0, 1_000_000], Gen.Long[0, 1_000_000_000], Gen.Long[0, long.MaxValue]);
        var line = Gen.Select(amount.Array[0, 5], Gen.Int[1, 99], Gen.Int[0, 10_000], Gen.OneOf(Gen.Const(0L), amount))
            .Select((nightly, rooms, tax, fee) => new PaymentLine([.. nightly], rooms, tax, fee));
        var token = Gen.OneOf(Gen.Const((string?)null), Gen.String["abz019_-.Ä \n"].Select(t => (string?)t), Gen.Int[126, 130].Select(n => (string?)new string('x', n)));

        Gen.Select(line.Array[1, 4], token).Select((lines, t) => new PaymentInput("EUR", [.. lines], t))
            .Sample(input => Assert.Single(Engines.Select(engine => Answer(engine, input)).Distinct()), iter: Samples);
    }

    /// <summary>A total that does not fit is none, whoever counts.</summary>
    [Fact]
    public void Price_TotalBeyond64Bits_IsNone()
    {
        var fits = new PaymentInput("EUR", [new PaymentLine([long.MaxValue], 1, 0)]);
        var tooMuch = new PaymentInput("EUR", [new PaymentLine([long.MaxValue], 1, 0), new PaymentLine([1], 1, 0)]);

        Assert.All(Engines, engine => Assert.Equal((long.MaxValue, null), (Answer(engine, fits)?.AmountMinor, Answer(engine, tooMuch))));
    }

    private static PriceAnswer? Answer(IPriceEngine engine, PaymentInput input)
    {
        try
        {
            return engine.Price(input);
        }
        catch (OverflowException)
        {
            return null;
        }
    }
}
