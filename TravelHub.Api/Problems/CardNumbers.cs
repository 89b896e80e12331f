using System.Text.RegularExpressions;

namespace TravelHub.Api.Problems;

/// <summary>Keeps card numbers out of what is answered and logged, wherever a caller put one by mistake.</summary>
internal static partial class CardNumbers
{
    /// <summary>Hides each run of 13 to 19 digits, spaced or not, that passes the check digit of card numbers. Ids are no card numbers, whatever their digits.</summary>
    public static string Mask(string text) => Candidate().Replace(text, match => match.Groups["id"].Success || !IsCardNumber(match.Value) ? match.Value : "[card number]");

    // Its work is bounded by the text's length. With a time-out, a machine that stood still for a moment would turn an answer into an error.
    [GeneratedRegex(
        @"(?<id>(?<![0-9A-Za-z])[0-9A-Fa-f]{8}-(?:[0-9A-Fa-f]{4}-){3}[0-9A-Fa-f]{12}(?![0-9A-Za-z]))|(?<![0-9])[0-9](?:[ -]?[0-9]){12,18}(?![0-9])",
        RegexOptions.CultureInvariant, Timeout.Infinite)]
    private static partial Regex Candidate();

    // Luhn: from the right, every second digit counts twice.
    private static bool IsCardNumber(string candidate)
    {
        var sum = 0;
        var isSecond = false;
        foreach (var c in candidate.Reverse().Where(char.IsAsciiDigit))
        {
            var digit = (c - '0') * (isSecond ? 2 : 1);
            sum += digit > 9 ? digit - 9 : digit;
            isSecond = !isSecond;
        }

        return sum % 10 == 0;
    }
}
