using System.Globalization;
using System.Net;
using System.Text;
using TravelHub.Lab.Experiments;

namespace TravelHub.Lab.Reports;

/// <summary>A run as one page that needs nothing else: verdict, conditions, figures, and what happened second by second.</summary>
internal static class HtmlReport
{
    private const string Style = """
        body{font:16px/1.5 system-ui,sans-serif;max-width:64rem;margin:2rem auto;padding:0 1rem;color:#1b2430;background:#fff}
        h1{font-size:1.6rem;margin:0}h2{font-size:1.15rem;margin-top:2rem}table{border-collapse:collapse;width:100%}
        th,td{text-align:left;padding:.35rem .6rem;border-bottom:1px solid #d5dbe3;vertical-align:top}td.n{text-align:right;font-variant-numeric:tabular-nums}
        .verdict{font-size:1.15rem;padding:.8rem 1rem;border-left:.4rem solid;margin:1rem 0;background:#f4f6f9}
        .supported{border-color:#1d7a46}.refuted,.unusable{border-color:#b3261e}.inconclusive{border-color:#9a6700}
        code,pre{font:14px ui-monospace,monospace;background:#f4f6f9;padding:.1rem .3rem}pre{padding:.8rem;overflow:auto}
        figure{margin:1rem 0}figcaption{color:#4a5565}svg{width:100%;height:auto}
        @media (prefers-color-scheme:dark){body{color:#e7ebf0;background:#12171e}.verdict,code,pre{background:#1d2530}th,td{border-color:#38424f}figcaption{color:#aab4c0}}
        """;

    public static string Of(ExperimentResult result)
    {
        var page = new StringBuilder();
        var scenario = result.Scenario;
        page.Append(CultureInfo.InvariantCulture, $"""
            <!doctype html>
            <html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1"><title>{Text(scenario.Id)}: {Text(result.Finding.Kind.ToString())}</title>
            <style>{Style}</style></head><body>
            <p>Experiment {Text(scenario.Id)}, {result.StartedAt:yyyy-MM-dd HH:mm} UTC{(result.IsQuick ? ", quick run" : "")}</p>
            <h1>{Text(scenario.Hypothesis)}</h1>
            <p class="verdict {result.Finding.Kind.ToString().ToLowerInvariant()}">{Text(result.Finding.Sentence)}</p>
            <h2>What had to be seen</h2>
            <table><tr><th>Condition</th><th>Seen (median, 95 % interval)</th><th></th></tr>

            """);
        foreach (var judged in result.Finding.Conditions)
            page.Append(CultureInfo.InvariantCulture, $"<tr><td>{Text(judged.Condition.ToString())}{(judged.Condition.IsControl ? " (control)" : "")}</td><td>{Text(Words(judged.Estimate))}</td><td>{Word(judged.Holds)}</td></tr>\n");
        page.Append("</table>\n<h2>What was done</h2>\n");
        page.Append(CultureInfo.InvariantCulture, $"<p>Load: {Text(scenario.Load.ToString())}, {(result.IsQuick ? scenario.QuickSeconds : scenario.Seconds)} s a trial. Faults: {Text(Words(scenario.Faults))}.</p>\n");
        foreach (var arm in scenario.Arms.Where(arm => arm.Faults is not null))
            page.Append(CultureInfo.InvariantCulture, $"<p>Faults of {Text(arm.Name)}: {Text(Words(arm.Faults!))}.</p>\n");
        page.Append("<h2>Figures</h2>\n");
        Figures(page, result);
        foreach (var arm in scenario.Arms)
        {
            if (result.Trials.FirstOrDefault(trial => trial.Arm == arm.Name) is { Timeline.Count: > 0 } trial)
                page.Append(CultureInfo.InvariantCulture, $"<figure>{Chart.Of(trial.Timeline, scenario.FaultsOf(arm))}<figcaption>{Text(arm.Name)}, trial {trial.Number}: answers a second (dark: well; red: not){(trial.Timeline.Any(second => second.P99Milliseconds is not null) ? ", line: p99 latency" : "")}; the time of the faults is shaded.</figcaption></figure>\n");
        }

        foreach (var trial in result.Trials.Where(trial => trial.Checks.Count > 0))
            page.Append(CultureInfo.InvariantCulture, $"<h2>{Text(trial.Arm)}, trial {trial.Number}: checks that do not hold</h2><ul>{string.Concat(trial.Checks.Select(check => $"<li>{Text(check.Name)} ({Text(check.Numbers)}): {Text(check.Offenders is [var first, ..] ? first : "")}</li>"))}</ul>\n");
        page.Append(CultureInfo.InvariantCulture, $"<h2>Again</h2><pre>{Text(result.Command)}</pre><p>It took {result.TookSeconds:0} s. {Text(string.Join("; ", result.Versions.Select(version => $"{version.Key}: {version.Value}")))}.</p></body></html>\n");
        return page.ToString();
    }

    private static void Figures(StringBuilder page, ExperimentResult result)
    {
        page.Append("<table><tr><th></th>").Append(string.Concat(result.Scenario.Arms.Select(arm => $"<th>{Text(arm.Name)}</th>"))).Append("</tr>\n");
        foreach (var (metric, words) in Metrics.All)
        {
            var cells = result.Scenario.Arms.Select(arm => Estimate.Of(result.Trials.Where(trial => trial.Arm == arm.Name)
                .Select(trial => trial.Values.GetValueOrDefault(metric, double.NaN)))).ToList();
            if (cells.All(cell => cell is null))
                continue;
            page.Append(CultureInfo.InvariantCulture, $"<tr><td>{Text(words)}</td>{string.Concat(cells.Select(cell => $"<td class=\"n\">{Text(Words(cell))}</td>"))}</tr>\n");
        }

        page.Append("</table>\n");
    }

    private static string Words(IReadOnlyList<ScenarioFault> faults) =>
        faults.Count == 0 ? "none" : string.Join("; ", faults.Select(fault => string.Create(CultureInfo.InvariantCulture, $"at {fault.AtSeconds:0.#} s {fault}")));

    private static string Words(Estimate? estimate) => estimate is null ? "–"
        : estimate.Trials == 1 ? string.Create(CultureInfo.InvariantCulture, $"{estimate.Median:0.###}")
        : string.Create(CultureInfo.InvariantCulture, $"{estimate.Median:0.###} ({estimate.Low:0.###} to {estimate.High:0.###})");

    private static string Word(bool? holds) => holds switch { true => "holds", false => "does not hold", null => "open" };

    private static string Text(string text) => WebUtility.HtmlEncode(text);
}
