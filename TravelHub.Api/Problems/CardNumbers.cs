using System.Text.RegularExpressions;

namespace TravelHub.Api.Problems;

/// <summary>Keeps card numbers out of what is answered and logged, wherever a caller put one by mistake.</summary>
internal static partial class CardNumbers
{
    /// <summary>Hides each run of 13 to 19 digits, spaced or not, that passes the check digit of card numbers.</summary>
    public static string Mask(string text) => Candidate().Replace(text, match => IsCardNumber(match.Value) ? "[card number]" : match.Value);

    [GeneratedRegex(@"(?<![0-9])[0-9](?:[ -]?[0-9]){12,18}(?![0-9])", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 100)]
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
