using System.Globalization;
using System.Net;
using System.Text;
using TravelHub.Lab.Experiments;

namespace TravelHub.Lab.Reports;

/// <summary>A run as one page that needs nothing else: verdict, conditions, figures, and what happened second by second.</summary>
internal static class HtmlReport
{
    private const string Style = """
        body{font:16px/1.6 system-ui,sans-serif;max-width:64rem;margin:2.5rem auto;padding:0 1rem;color:#1b2626;background:#faf8f4;overflow-wrap:anywhere}
        h1{font-size:1.7rem;line-height:1.25;margin:0;text-wrap:balance}h2{font-size:1.2rem;margin:2.5rem 0 .5rem}table{border-collapse:collapse;width:100%}
        th,td{text-align:left;padding:.45rem .6rem;border-bottom:1px solid #e2ddd2;vertical-align:top}thead th,.calm,figcaption{color:#57605f}thead th{font-size:.9rem}
        tbody th{font-weight:400}.n{text-align:right;font-variant-numeric:tabular-nums}
        .verdict{font-size:1.15rem;padding:.9rem 1.1rem;border-left:.4rem solid;border-radius:.3rem;margin:1.2rem 0;background:#fff}
        .supported{border-color:#1d7a46}.refuted,.unusable{border-color:#b3261e}.inconclusive{border-color:#9a6700}
        pre{font:14px/1.5 ui-monospace,monospace;background:#f1eee7;padding:.8rem 1rem;border-radius:.5rem;white-space:pre-wrap}
        figure{margin:1.5rem 0}.chart{overflow-x:auto}svg{display:block;width:100%;min-width:40rem;height:auto}
        @media (prefers-color-scheme:dark){body{color:#e9eeec;background:#101718}.verdict{background:#182122}pre{background:#1f2a2b}th,td{border-color:#2d3a3b}thead th,.calm,figcaption{color:#a9b5b3}}
        """;

    public static string Of(ExperimentResult result)
    {
        var page = new StringBuilder();
        var scenario = result.Scenario;
        page.Append(CultureInfo.InvariantCulture, $"""
            <!doctype html>
            <html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1"><meta name="color-scheme" content="light dark">
            <title>{Text(scenario.Id)}: {Text(result.Finding.Kind.ToString())}</title><meta name="description" content="{Text(scenario.Hypothesis)}">
            <style>{Style}</style></head><body><main>
            <p class="calm">Experiment {Text(scenario.Id)}, {result.StartedAt:yyyy-MM-dd HH:mm} UTC{(result.IsQuick ? ", quick run" : "")}</p>
            <h1>{Text(scenario.Hypothesis)}</h1>
            <p class="verdict {result.Finding.Kind.ToString().ToLowerInvariant()}">{Text(result.Finding.Sentence)}</p>
            <h2>What had to be seen</h2>
            <table><thead><tr><th scope="col">Condition</th><th scope="col">Seen: median ({(result.Trials.Count / Math.Max(1, scenario.Arms.Count) < Estimate.FewestForAnInterval ? "range" : "95 % interval")})</th><th scope="col">Holds</th></tr></thead><tbody>

            """);
        foreach (var judged in result.Finding.Conditions)
            page.Append(CultureInfo.InvariantCulture, $"<tr><td>{Text(judged.Condition.ToString())}{(judged.Condition.IsControl ? " (control)" : "")}</td><td>{Text(Words(judged.Estimate))}</td><td>{Word(judged, result.Trials.Count(trial => trial.Arm == judged.Condition.Arm))}</td></tr>\n");
        page.Append("</tbody></table>\n<h2>What was done</h2>\n");
        page.Append(CultureInfo.InvariantCulture, $"<p>Load: {Text(scenario.Load.ToString())}, {scenario.LengthOf(result.IsQuick)} s a trial. Faults: {Text(Words(scenario.Faults ?? []))}.</p>\n");
        foreach (var arm in scenario.Arms.Where(arm => arm.Faults is not null))
            page.Append(CultureInfo.InvariantCulture, $"<p>Faults of {Text(arm.Name)}: {Text(Words(arm.Faults!))}.</p>\n");
        page.Append("<h2>Figures</h2>\n");
        Figures(page, result);
        Trials(page, result);
        foreach (var arm in scenario.Arms)
        {
            if (result.Trials.FirstOrDefault(trial => trial.Arm == arm.Name) is { Timeline.Count: > 0 } trial)
                page.Append(CultureInfo.InvariantCulture, $"<figure><div class=\"chart\" tabindex=\"0\" role=\"group\" aria-label=\"{Text(arm.Name)}\">{Chart.Of(trial.Timeline, scenario.FaultsOf(arm))}</div><figcaption>{Text(arm.Name)}, trial {trial.Number}: answers a second (dark: with success; red: without, as sold out, declined, pending and none){(trial.Timeline.Any(second => second.P99Milliseconds is not null) ? ", line: p99 latency" : "")}; the time of the faults is shaded.</figcaption></figure>\n");
        }

        foreach (var trial in result.Trials.Where(trial => trial.Broken.Count > 0))
            page.Append(CultureInfo.InvariantCulture, $"<h2>{Text(trial.Arm)}, trial {trial.Number}: checks that do not hold</h2><ul>{string.Concat(trial.Broken.Select(check => $"<li>{Text(check.Name)} ({Text(check.Numbers)}): {Text(string.Join("; ", check.Offenders.Take(5)))}{(check.Offenders.Count > 5 ? "; …" : "")}</li>"))}</ul>\n");
        page.Append(CultureInfo.InvariantCulture, $"<h2>Again</h2><pre>{Text(result.Command)}</pre><p>It took {result.TookSeconds:0} s. {Text(string.Join("; ", result.Versions.Select(version => $"{version.Key}: {version.Value}")))}.</p></main></body></html>\n");
        return page.ToString();
    }

    private static void Figures(StringBuilder page, ExperimentResult result)
    {
        page.Append("<table><thead><tr><th scope=\"col\">Figure</th>").Append(string.Concat(result.Scenario.Arms.Select(arm => $"<th scope=\"col\" class=\"n\">{Text(arm.Name)}</th>"))).Append("</tr></thead><tbody>\n");
        foreach (var (metric, words) in Metrics.All)
        {
            var cells = result.Scenario.Arms.Select(arm => Estimate.Of(result.Trials.Where(trial => trial.Arm == arm.Name)
                .Select(trial => trial.Values.GetValueOrDefault(metric, double.NaN)))).ToList();
            if (cells.All(cell => cell is null))
                continue;
            page.Append(CultureInfo.InvariantCulture, $"<tr><th scope=\"row\">{Text(words)}</th>{string.Concat(cells.Select(cell => $"<td class=\"n\">{Text(Words(cell))}</td>"))}</tr>\n");
        }

        page.Append("</tbody></table>\n");
    }

    // A median hides the one trial that was stuck.
    private static void Trials(StringBuilder page, ExperimentResult result)
    {
        if (result.Trials.Count == result.Scenario.Arms.Count)
            return;
        var metrics = Metrics.All.Where(metric => result.Trials.Any(trial => trial.Values.ContainsKey(metric.Key))).ToList();
        page.Append("<h2>Each trial</h2><div class=\"chart\" tabindex=\"0\" role=\"group\" aria-label=\"Each trial\"><table><thead><tr><th scope=\"col\">Figure</th>")
            .Append(string.Concat(result.Trials.Select(trial => $"<th scope=\"col\" class=\"n\">{Text(trial.Arm)} {trial.Number}</th>"))).Append("</tr></thead><tbody>\n");
        foreach (var (metric, words) in metrics)
            page.Append(CultureInfo.InvariantCulture, $"<tr><th scope=\"row\">{Text(words)}</th>{string.Concat(result.Trials.Select(trial => $"<td class=\"n\">{(trial.Values.TryGetValue(metric, out var value) ? Estimate.Words(value) : "–")}</td>"))}</tr>\n");
        page.Append("</tbody></table></div>\n");
    }

    private static string Words(IReadOnlyList<ScenarioFault> faults) =>
        faults.Count == 0 ? "none" : string.Join("; ", faults.Select(fault => string.Create(CultureInfo.InvariantCulture, $"at {fault.AtSeconds:0.#} s {fault}")));

    private static string Words(Estimate? estimate) => estimate is null ? "–" : estimate.ToString();

    private static string Word(Judged judged, int trials) => judged.Holds switch
    {
        true => "holds",
        false => "does not hold",
        null when judged.Estimate is null => "open: no trial tells",
        null when judged.Estimate.Trials < trials => $"open: only {judged.Estimate.Trials} of {trials} trials tell",
        null => "open: the interval reaches over the bound",
    };

    private static string Text(string text) => WebUtility.HtmlEncode(text);
}
