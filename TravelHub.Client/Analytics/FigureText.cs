using System.Globalization;

namespace TravelHub.Client.Analytics;

/// <summary>Figures of money as people write them.</summary>
internal static class FigureText
{
    // ISO 4217; all others have two digits.
    private static readonly HashSet<string> WithoutMinorUnit =
        ["BIF", "CLP", "DJF", "GNF", "ISK", "JPY", "KMF", "KRW", "PYG", "RWF", "UGX", "UYI", "VND", "VUV", "XAF", "XOF", "XPF"];

    private static readonly HashSet<string> WithThreeDigits = ["BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND"];

    /// <summary>In whole units of the currency, with all of its digits; empty for none.</summary>
    /// <param name="minor">In the minor unit; a mean may lie between two.</param>
    public static string Amount(decimal? minor, string currency)
    {
        var (units, format) = WithoutMinorUnit.Contains(currency) ? (1, "N0") : WithThreeDigits.Contains(currency) ? (1_000, "N3") : (100, "N2");
        return (minor / units)?.ToString(format, CultureInfo.InvariantCulture) ?? "";
    }
}
