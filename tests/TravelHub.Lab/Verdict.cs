using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using TravelHub.Client.Replay.Audit;

namespace TravelHub.Lab;

/// <summary>What a run's exit code and report say.</summary>
internal static class Verdict
{
    public const int Failed = 1;

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        // The text goes to a terminal or a file, never into a page.
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>Whether all checks hold. A run whose load never succeeded shows nothing, whatever its checks say.</summary>
    public static bool Holds(LabOutcome outcome) => outcome.Succeeded > 0 && outcome.Checks.All(check => check.Holds == true);

    public static string AsJson(object report) => JsonSerializer.Serialize(report, Json);

    public static void Write(LabOutcome outcome, TextWriter output)
    {
        Line("load", $"{outcome.LoadSeconds:0.0} s, {outcome.Requests} requests ({outcome.PaymentAttempts} to pay), {outcome.Acknowledged} answered ({outcome.Succeeded} with success, {outcome.SoldOut} sold out), {outcome.Indeterminate} indeterminate and repeated");
        Line("without success", $"{outcome.LongestStretchSeconds:0.0} s at the longest");
        Line("at rest", outcome.SettleSeconds is { } settled ? $"{settled:0.0} s after the load" : (FormattableString)$"not in time");
        foreach (var check in outcome.Checks)
            Write(check, output);
        if (outcome.Succeeded == 0)
            output.WriteLine("No request succeeded: this run shows nothing.");

        void Line(string name, FormattableString value) => output.WriteLine($"{name,-17}{value.ToString(CultureInfo.InvariantCulture)}");
    }

    private static void Write(CheckResult check, TextWriter output)
    {
        output.WriteLine($"{(check.Holds == true ? "holds" : "BROKEN"),-8}{check.Name} ({check.Numbers})");
        foreach (var offender in check.Offenders)
            output.WriteLine($"           {offender}");
    }
}
