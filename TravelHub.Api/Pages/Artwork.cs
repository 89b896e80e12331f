using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Components;

namespace TravelHub.Api.Pages;

/// <summary>
/// Draws a calm landscape for whatever has a name, always the same for the same name: a sky, a sun, hills one behind the other, and a house, a
/// sea or a town in front. About 1 KB; nothing is fetched.
/// </summary>
internal static class Artwork
{
    /// <summary>For a card.</summary>
    public const int Narrow = 400;

    /// <summary>For a page's whole breadth.</summary>
    public const int Wide = 1_400;

    private const int Height = 280;

    /// <summary>Sky above, sky below, sun, and the hills from far to near.</summary>
    private static readonly string[][] Palettes =
    [
        ["#f6d8c4", "#fbeee0", "#e98f66", "#c9b2b8", "#8d8ba0", "#4f5d75", "#2d3a4f"],
        ["#bcdcdc", "#f0efe2", "#f3c46b", "#9cc2bd", "#6a9f9b", "#3d7474", "#21504f"],
        ["#cfd9ee", "#f8eae4", "#f0a58f", "#b3b8d6", "#8189b4", "#535b89", "#333a60"],
        ["#f2e2b6", "#fbf3df", "#dc7f4d", "#d9b98a", "#b98a5d", "#85583b", "#573626"],
        ["#c5e3ee", "#eef5ee", "#f7cf84", "#a9cfc0", "#76a98e", "#497d63", "#2b5744"],
        ["#e6cfe0", "#faeae3", "#ef9a84", "#c3a5c0", "#92789c", "#614e73", "#3c314d"],
    ];

    public static MarkupString Of(string name, int width = Narrow)
    {
        var seed = Hash(name);
        int Next(int most)
        {
            seed = unchecked((seed ^ (seed >> 15)) * 2_246_822_519u + 3_266_489_917u);
            return (int)((seed >> 8) % (uint)most);
        }

        var colours = Palettes[Next(Palettes.Length)];
        var svg = new StringBuilder(1_600);
        svg.Append(CultureInfo.InvariantCulture, $"<svg class=\"art\" viewBox=\"0 0 {width} {Height}\" preserveAspectRatio=\"xMidYMax slice\" aria-hidden=\"true\" focusable=\"false\" style=\"background:linear-gradient({colours[0]},{colours[1]} 70%)\">");
        svg.Append(CultureInfo.InvariantCulture, $"<circle cx=\"{60 + Next(width - 120)}\" cy=\"{50 + Next(70)}\" r=\"{18 + Next(22)}\" fill=\"{colours[2]}\"/>");
        for (var layer = 0; layer < 3; layer++)
            svg.Append(CultureInfo.InvariantCulture, $"<path d=\"{Hills(width, 130 + layer * 32, 46 - layer * 10, Next)}\" fill=\"{colours[3 + layer]}\"/>");
        switch (Next(3))
        {
            case 0:
                Sea(svg, width, colours, Next);
                break;
            case 1:
                Town(svg, width, colours, Next);
                break;
            default:
                House(svg, width, colours, Next);
                break;
        }

        return new MarkupString(svg.Append("</svg>").ToString());
    }

    private static string Hills(int width, int baseline, int swing, Func<int, int> next)
    {
        // Each curve ends half-way between its bend and the next one, where both have the same slope: no ridge has a kink.
        int Bend() => baseline - 2 * swing + next(3 * swing);
        var bend = Bend();
        var path = new StringBuilder(string.Create(CultureInfo.InvariantCulture, $"M0 {Height}V{bend}"));
        for (var x = 0; x < width; x += 100)
        {
            var following = Bend();
            path.Append(CultureInfo.InvariantCulture, $"Q{x + 50} {bend} {x + 100} {(bend + following) / 2}");
            bend = following;
        }

        return path.Append(CultureInfo.InvariantCulture, $"V{Height}Z").ToString();
    }

    private static void Sea(StringBuilder svg, int width, string[] colours, Func<int, int> next)
    {
        svg.Append(CultureInfo.InvariantCulture, $"<path d=\"M0 226H{width}V280H0Z\" fill=\"{colours[6]}\"/>");
        for (var i = 0; i < width / 80; i++)
            svg.Append(CultureInfo.InvariantCulture, $"<path d=\"M{next(width - 80)} {236 + i % 5 * 9}h{30 + next(60)}\" stroke=\"{colours[1]}\" stroke-width=\"2\" stroke-linecap=\"round\" opacity=\".5\"/>");
        var x = 80 + next(width - 180);
        svg.Append(CultureInfo.InvariantCulture, $"<path d=\"M{x} 170v50l-34 0ZM{x + 5} 184v36h24ZM{x - 38} 225h74l-10 12h-54Z\" fill=\"{colours[1]}\"/>");
    }

    private static void Town(StringBuilder svg, int width, string[] colours, Func<int, int> next)
    {
        for (var x = -10; x < width;)
        {
            var (breadth, height) = (30 + next(34), 36 + next(64));
            var roof = next(2) == 0 ? $"l{breadth / 2} -{12 + next(14)}L{x + breadth} {280 - height}" : $"h{breadth}";
            svg.Append(CultureInfo.InvariantCulture, $"<path d=\"M{x} 280V{280 - height}{roof}V280Z\" fill=\"{colours[6]}\"/>");
            for (var y = 280 - height + 12; y < 270; y += 18)
            {
                if (next(3) > 0)
                    svg.Append(CultureInfo.InvariantCulture, $"<path d=\"M{x + 8 + next(Math.Max(1, breadth - 22))} {y}h6v8h-6z\" fill=\"{colours[2]}\"/>");
            }

            x += breadth + next(8);
        }
    }

    private static void House(StringBuilder svg, int width, string[] colours, Func<int, int> next)
    {
        svg.Append(CultureInfo.InvariantCulture, $"<path d=\"{Hills(width, 248, 18, next)}\" fill=\"{colours[6]}\"/>");
        var x = 90 + next(width - 220);
        svg.Append(CultureInfo.InvariantCulture, $"<path d=\"M{x} 246v-44h84v44z\" fill=\"{colours[1]}\"/><path d=\"M{x - 10} 204l52 -32l52 32z\" fill=\"{colours[2]}\"/>");
        svg.Append(CultureInfo.InvariantCulture, $"<path d=\"M{x + 14} 214h14v14h-14zM{x + 56} 214h14v14h-14zM{x + 36} 222h13v24h-13z\" fill=\"{colours[5]}\"/>");
        for (var i = 0; i < 4; i++)
        {
            var tree = i < 2 ? x - 30 - next(60) : x + 108 + next(70);
            svg.Append(CultureInfo.InvariantCulture, $"<path d=\"M{tree} 252q-13 -34 0 -66q13 32 0 66z\" fill=\"{colours[6]}\"/>");
        }
    }

    // FNV-1a: the same on every machine and in every version, unlike string.GetHashCode.
    private static uint Hash(string name)
    {
        var hash = 2_166_136_261u;
        foreach (var c in name)
            hash = unchecked((hash ^ c) * 16_777_619u);
        return hash;
    }
}
