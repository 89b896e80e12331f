using System.Globalization;
using System.Text.Json.Nodes;

namespace TravelHub.Client.Operations;

/// <summary>Rows for people: columns as wide as they need to be, plain text.</summary>
internal static class RowTable
{
    public static string Of(IReadOnlyList<JsonObject> rows, IReadOnlyList<(string Title, Func<JsonObject, string> Cell)> columns)
    {
        string[][] cells = [[.. columns.Select(c => c.Title)], .. rows.Select(row => columns.Select(c => c.Cell(row)).ToArray())];
        var widths = columns.Select((_, i) => cells.Max(line => line[i].Length)).ToArray();
        return string.Join(Environment.NewLine, cells.Select(line => string.Join("  ", line.Select((cell, i) => cell.PadRight(widths[i]))).TrimEnd()));
    }

    /// <summary>A member as text; a dash when it is not there.</summary>
    public static string Text(this JsonObject row, string member) => row[member] switch
    {
        null => "-",
        JsonValue value when value.TryGetValue<string>(out var text) => text,
        JsonValue value when value.TryGetValue<double>(out var number) => number.ToString("#,0.#", CultureInfo.InvariantCulture),
        JsonArray { Count: 0 } => "-",
        JsonArray list => string.Join(' ', list),
        var other => other.ToString(),
    };

    /// <summary>A time as its age, from the time at which the answer was made.</summary>
    public static string Age(this JsonNode? at, DateTimeOffset now)
    {
        if (at is null)
            return "-";
        var age = now - at.GetValue<DateTimeOffset>();
        return age.TotalHours >= 48 ? Invariant($"{age.TotalDays:0} d") : age.TotalMinutes >= 120 ? Invariant($"{age.TotalHours:0} h")
            : age.TotalSeconds >= 120 ? Invariant($"{age.TotalMinutes:0} min") : Invariant($"{Math.Max(0, age.TotalSeconds):0} s");
    }

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
