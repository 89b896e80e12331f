using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.WebUtilities;
using TravelHub.Api.Problems;
using TravelHub.Grains.Abstractions.Analytics;

namespace TravelHub.Api.Analytics;

/// <summary>What a question for figures may say in its query.</summary>
internal static class AnalyticsRequest
{
    public const int MostDays = 366;

    private const int DefaultLimit = 100;
    private const int MostRows = 200;
    private const string Total = "total";

    // A day, and two names; neither can hold it.
    private const char Separator = '\n';

    // The database counts no days up to its infinities, which the ends of the calendar stand for.
    private static readonly DateOnly Earliest = new(1900, 1, 1);
    private static readonly DateOnly Latest = new(9999, 1, 1);

    private static readonly string[] Dimensions = ["day", "destination", "property"];

    /// <summary>Reads the query; it asks for one row more than its <c>limit</c> says.</summary>
    public static AnalyticsQuery Read(IQueryCollection query, Findings findings)
    {
        var from = findings.ReadDate(query, "from");
        var until = findings.ReadDate(query, "until");
        if (!findings.Any)
        {
            findings.Require(from >= Earliest, "from", $"must not be before {Earliest.ToString("O", CultureInfo.InvariantCulture)}");
            findings.Require(until <= Latest, "until", $"must not be after {Latest.ToString("O", CultureInfo.InvariantCulture)}");
            findings.Require(
                from < until && until.DayNumber - from.DayNumber <= MostDays, "until", $"must be 1 to {MostDays.ToString(CultureInfo.InvariantCulture)} days after from");
        }

        var by = (query.TryGetValue("by", out var given) ? given.ToString() : "day").Split(',');
        findings.Require(by is [Total] || (by.All(Dimensions.Contains) && by.Distinct().Count() == by.Length), "by", "must be some of day, destination, property, or total");
        var limit = (int)findings.ReadNumber(query, "limit", DefaultLimit, 1, MostRows);
        var after = query.TryGetValue("after", out var key) ? ReadKey(key.ToString()) : null;
        findings.Require(after is not null || !query.ContainsKey("after"), "after", "must be 'meta.after' of the page before");
        return new AnalyticsQuery(
            from, until, by.Contains("day"), by.Contains("destination"), by.Contains("property"), Name(query, "destination", findings),
            Name(query, "property", findings), after, limit + 1);
    }

    /// <summary>A key as <c>after</c> takes it.</summary>
    public static string Write(AnalyticsKey key) => WebEncoders.Base64UrlEncode(Encoding.UTF8.GetBytes(
        string.Join(Separator, key.Day.ToString("O", CultureInfo.InvariantCulture), key.Destination, key.Property)));

    private static AnalyticsKey? ReadKey(string text)
    {
        try
        {
            return Encoding.UTF8.GetString(WebEncoders.Base64UrlDecode(text)).Split(Separator) is [var day, var destination, var property]
                && DateOnly.TryParseExact(day, "O", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date)
                && !destination.Contains('\0', StringComparison.Ordinal) && !property.Contains('\0', StringComparison.Ordinal)
                ? new AnalyticsKey(date, destination, property) : null;
        }
        catch (FormatException)
        {
            return null;
        }
    }

    private static string? Name(IQueryCollection query, string name, Findings findings) =>
        query.TryGetValue(name, out var value) && findings.RequireText(value.ToString(), name, longest: 64) ? value.ToString() : null;
}
