namespace TravelHub.PaymentSandbox.Ledger;

/// <summary>What fits into the ledger. Each check gives the sentence for the caller, or null.</summary>
internal static class Limits
{
    /// <summary>A billion in the usual currencies, so that nine million such charges still sum within 64 bits.</summary>
    private const long MaxAmountMinor = 100_000_000_000;

    private const int MaxWordLength = 128;

    public static string? Amount(long? amountMinor) =>
        amountMinor is > 0 and <= MaxAmountMinor ? null : $"amountMinor must be 1 to {MaxAmountMinor}.";

    public static string? Currency(string? currency) =>
        currency is { Length: 3 } && currency.All(char.IsAsciiLetterUpper) ? null : "currency must be three capital letters, as in EUR.";

    /// <summary>Visible ASCII alone, so that what is stored is to the byte what was sent, and a repeat compares equal.</summary>
    public static string? Word(string name, string? word) =>
        word is { Length: > 0 and <= MaxWordLength } && !word.AsSpan().ContainsAnyExceptInRange('!', '~')
            ? null
            : $"{name} must be 1 to {MaxWordLength} visible ASCII characters.";
}
