using System.Globalization;
using System.Text;
using TravelHub.Lab.Experiments;

namespace TravelHub.Lab.Reports;

/// <summary>A trial second by second, as inline SVG.</summary>
internal static class Chart
{
    private const double Width = 900;
    private const double Height = 220;
    private const double Left = 50;
    private const double Bottom = 30;
    private const double Top = 12;
    private const double Right = 60;

    public static string Of(IReadOnlyList<TrialSecond> seconds, IReadOnlyList<ScenarioFault> faults)
    {
        var last = Math.Max(1, seconds[^1].Second + 1);
        var most = Math.Max(1, seconds.Max(second => second.Succeeded + second.Failed));
        var slowest = Math.Max(1, seconds.Max(second => second.P99Milliseconds ?? 0));
        double X(double second) => Left + (second / last * (Width - Left - Right));
        double Y(double share) => Height - Bottom - (share * (Height - Bottom - Top));

        var svg = new StringBuilder();
        Add(svg, $"<svg viewBox=\"0 0 {Width:0} {Height:0}\" role=\"img\" aria-label=\"answers each second\" font-family=\"system-ui,sans-serif\" font-size=\"11\" fill=\"currentColor\">");
        foreach (var fault in faults)
        {
            var (from, until) = (X(fault.AtSeconds), X(Math.Min(last, fault.AtSeconds + Length(fault))));
            Add(svg, $"<rect x=\"{from:0.#}\" y=\"{Top}\" width=\"{Math.Max(2, until - from):0.#}\" height=\"{Height - Bottom - Top}\" fill=\"#e0a100\" opacity=\".25\"><title>{fault}</title></rect>");
        }

        foreach (var second in seconds)
        {
            var (x, width) = (X(second.Second), Math.Max(1, X(1) - X(0) - 1));
            var (good, all) = (Y((double)second.Succeeded / most), Y((double)(second.Succeeded + second.Failed) / most));
            Add(svg, $"<rect x=\"{x:0.#}\" y=\"{good:0.#}\" width=\"{width:0.#}\" height=\"{Y(0) - good:0.#}\" fill=\"#2f6f9f\"/>");
            Add(svg, $"<rect x=\"{x:0.#}\" y=\"{all:0.#}\" width=\"{width:0.#}\" height=\"{good - all:0.#}\" fill=\"#b3261e\"/>");
        }

        var points = seconds.Where(second => second.P99Milliseconds is not null).ToList();
        if (points.Count > 1)
        {
            Add(svg, $"<polyline fill=\"none\" stroke=\"currentColor\" stroke-width=\"1.5\" points=\"{string.Join(' ', points.Select(second => Pair(X(second.Second + 0.5), Y(second.P99Milliseconds!.Value / slowest))))}\"/>");
            Add(svg, $"<text x=\"{Width - Right + 4}\" y=\"{Top + 10}\">{slowest:0} ms</text>");
        }

        Add(svg, $"<text x=\"2\" y=\"{Top + 10}\">{most}/s</text><text x=\"{Left}\" y=\"{Height - 10}\">0 s</text><text x=\"{Width - Right}\" y=\"{Height - 10}\" text-anchor=\"end\">{last} s</text>");
        Add(svg, $"<line x1=\"{Left}\" y1=\"{Y(0):0.#}\" x2=\"{Width - Right}\" y2=\"{Y(0):0.#}\" stroke=\"currentColor\"/></svg>");
        return svg.ToString();
    }

    // What only happens once is a line.
    private static double Length(ScenarioFault fault) => fault.Kind switch
    {
        _ when fault.IsLasting => fault.ForSeconds,
        ScenarioFaultKind.Lie => double.MaxValue,
        _ => 0,
    };

    private static string Pair(double x, double y) => string.Create(CultureInfo.InvariantCulture, $"{x:0.#},{y:0.#}");

    private static void Add(StringBuilder svg, FormattableString text) => svg.Append(text.ToString(CultureInfo.InvariantCulture));
}
