using System.Globalization;

namespace TravelHub.Client.Replay;

/// <summary>Understands one row.</summary>
/// <param name="values">The row's values in the order of <see cref="DemandColumns.Names"/>.</param>
internal readonly ref struct DemandRowParser(ReadOnlySpan<string> values)
{
    // Far above what any hotel writes down: a larger number is a slip, and would only break the arithmetic further on.
    private const int LargestCount = 10_000;
    private const decimal LargestRate = 10_000_000;

    private readonly ReadOnlySpan<string> _values = values;

    /// <exception cref="FormatException">A value is missing or makes no sense; says which.</exception>
    public DemandRow Parse(int line)
    {
        var arrival = Arrival();
        var nights = Count(DemandColumns.WeekendNights) + Count(DemandColumns.WeekNights);
        var adults = Count(DemandColumns.Adults);
        var children = _values[DemandColumns.Children].Trim() == "NA" ? 0 : Count(DemandColumns.Children);
        var leadDays = Count(DemandColumns.LeadTime);
        var statusDate = Date(DemandColumns.StatusDate);
        var isCancelled = Flag(DemandColumns.IsCancelled) & IsStatusCancelled();
        return new DemandRow(
            line, Text(DemandColumns.Hotel), RoomType(), arrival, nights, leadDays, adults,
            adults + children + Count(DemandColumns.Babies), Rate(), isCancelled ? statusDate : null);
    }

    private DateOnly Arrival()
    {
        // One text, so that the calendar itself refuses a 30th of February.
        var text = $"{Text(DemandColumns.ArrivalYear)} {Text(DemandColumns.ArrivalMonth)} {Text(DemandColumns.ArrivalDay)}";
        if (!DateOnly.TryParseExact(text, "yyyy MMMM d", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date))
            throw new FormatException($"arrival '{text}' is no date");
        // Lead times and stays move to both sides of it.
        if (date.Year is < 1900 or > 9000)
            throw new FormatException($"arrival '{text}' is out of range");
        return date;
    }

    private string RoomType()
    {
        var code = Text(DemandColumns.RoomType);
        if (code.Length > 32 || code.Any(c => !char.IsAsciiLetterOrDigit(c) && c is not ('-' or '_' or '.')))
            throw new FormatException($"{Name(DemandColumns.RoomType)} '{code}' is no code");
        return code;
    }

    private bool IsStatusCancelled() => Text(DemandColumns.Status) switch
    {
        "Canceled" => true,
        "Check-Out" or "No-Show" => false,
        var other => throw new FormatException($"{Name(DemandColumns.Status)} '{other}' is not known"),
    };

    private bool Flag(int column) => Text(column) switch
    {
        "0" => false,
        "1" => true,
        var other => throw new FormatException($"{Name(column)} '{other}' is neither 0 nor 1"),
    };

    private DateOnly Date(int column) =>
        DateOnly.TryParseExact(Text(column), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date)
            ? date
            : throw new FormatException($"{Name(column)} '{Text(column)}' is no ISO date");

    private int Count(int column)
    {
        // Copies of the data that went through a table program say "2.0".
        var count = Number(column, NumberStyles.AllowDecimalPoint);
        return count <= LargestCount && decimal.Truncate(count) == count
            ? (int)count
            : throw new FormatException($"{Name(column)} '{Text(column)}' is no whole number up to {LargestCount}");
    }

    private decimal Rate()
    {
        var rate = Number(DemandColumns.NightlyRate, NumberStyles.AllowDecimalPoint | NumberStyles.AllowLeadingSign);
        return Math.Abs(rate) <= LargestRate
            ? rate
            : throw new FormatException($"{Name(DemandColumns.NightlyRate)} '{rate}' is above {LargestRate}");
    }

    private decimal Number(int column, NumberStyles styles) =>
        decimal.TryParse(Text(column), styles, CultureInfo.InvariantCulture, out var number)
            ? number
            : throw new FormatException($"{Name(column)} '{Text(column)}' is no number");

    private string Text(int column)
    {
        var text = _values[column].Trim();
        return text.Length > 0 ? text : throw new FormatException($"{Name(column)} is empty");
    }

    private static string Name(int column) => DemandColumns.Names[column];
}
