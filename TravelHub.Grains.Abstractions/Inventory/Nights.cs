namespace TravelHub.Grains.Abstractions.Inventory;

/// <summary>The nights of a stay, as the half-open interval [CheckIn, CheckOut).</summary>
[GenerateSerializer, Immutable, Alias("travelhub.nights.v1")]
public readonly record struct Nights([property: Id(0)] DateOnly CheckIn, [property: Id(1)] DateOnly CheckOut)
{
    /// <summary>How many nights; 0 or less when the dates are reversed.</summary>
    public int Count() => CheckOut.DayNumber - CheckIn.DayNumber;

    /// <summary>Each night, in order.</summary>
    public IEnumerable<DateOnly> Each()
    {
        for (var night = CheckIn; night < CheckOut; night = night.AddDays(1))
            yield return night;
    }
}
