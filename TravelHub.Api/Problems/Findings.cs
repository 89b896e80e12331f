using System.Globalization;

namespace TravelHub.Api.Problems;

/// <summary>What is wrong with a request, all at once.</summary>
internal sealed class Findings
{
    private readonly Dictionary<string, List<string>> _errors = [];

    public bool Any => _errors.Count > 0;

    /// <summary>The fields that something is wrong with, in the order in which it was found.</summary>
    public IReadOnlyCollection<string> Fields => _errors.Keys;

    /// <summary>Notes <paramref name="rule"/> against <paramref name="field"/> unless it holds.</summary>
    /// <returns>Whether it holds.</returns>
    public bool Require(bool holds, string field, string rule)
    {
        if (!holds)
            (_errors.TryGetValue(field, out var rules) ? rules : _errors[field] = []).Add(rule);
        return holds;
    }

    /// <summary>A text that is there, within a length, and without control characters.</summary>
    public bool RequireText(string? text, string field, int longest) => Require(
        !string.IsNullOrWhiteSpace(text) && text.Length <= longest && !text.Any(char.IsControl), field, $"must be 1 to {longest} printable characters");

    /// <summary>A code that can stand in a path: letters, digits, '-', '_' and '.'.</summary>
    public bool RequireCode(string? code, string field, int longest) => Require(
        code is { Length: > 0 } && code.Length <= longest && code.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.'),
        field, $"must be 1 to {longest} letters, digits, '-', '_' or '.'");

    public bool RequireRange(long? value, string field, long least, long most) => Require(
        value is { } v && v >= least && v <= most, field, $"must be a whole number from {least} to {most}");

    /// <summary>An ISO date of the query.</summary>
    public DateOnly ReadDate(IQueryCollection query, string name)
    {
        Require(
            DateOnly.TryParseExact(query[name].ToString(), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date),
            name, "must be a date such as 2030-01-10");
        return date;
    }

    /// <summary>A whole number of the query, or <paramref name="otherwise"/> when it is left out.</summary>
    public long ReadNumber(IQueryCollection query, string name, long otherwise, long least, long most)
    {
        if (!query.ContainsKey(name))
            return otherwise;
        long? value = long.TryParse(query[name].ToString(), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number : null;
        return RequireRange(value, name, least, most) ? value!.Value : otherwise;
    }

    public IResult AsProblem(int status = StatusCodes.Status422UnprocessableEntity)
    {
        var first = _errors.First();
        var more = _errors.Count > 1 ? $" (and {_errors.Count - 1} more, see errors)" : "";
        return Problem.Of(status, "invalid-request", $"{first.Key} {first.Value[0]}{more}.", ("errors", _errors));
    }
}
