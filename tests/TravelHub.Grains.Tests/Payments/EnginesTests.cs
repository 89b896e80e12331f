using CsCheck;
using TravelHub.Grains.Abstractions.Payments;
using TravelHub.Grains.Payments;
using TravelHub.Grains.Payments.Engines;

namespace TravelHub.Grains.Tests.Payments;

public sealed class EnginesTests
{
    private const int Samples = 300_000;

    private static readonly IPriceEngine[] Engines = [new IntegerEngine(), new DecimalEngine(), new RationalEngine()];

    [Fact]
    public void Price_GoldenVectors_AreTheSameOfAll() => Assert.All(GoldenVectors.All, vector =>
        Assert.All(Engines, engine => Assert.Equal(new PriceAnswer(vector.AmountMinor, vector.Decision), engine.Price(vector.Input))));

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
