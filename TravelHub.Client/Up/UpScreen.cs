using System.Globalization;

using Spectre.Console;

using TravelHub.Client.Instances;

namespace TravelHub.Client.Up;

/// <summary>Tells the person at the terminal what <c>up</c> does. When the output goes elsewhere it is plain lines.</summary>
internal sealed class UpScreen(IAnsiConsole console, TimeProvider clock)
{
    private readonly bool _isTerminal = console.Profile.Capabilities is { Interactive: true, Ansi: true };
    private readonly long _startTimestamp = clock.GetTimestamp();

    /// <summary>Shows that something is under way until the work is done.</summary>
    public Task Starting(Func<Task> work) =>
        _isTerminal
            ? console.Status().Spinner(Spinner.Known.Dots).StartAsync("Starting TravelHub", _ => work())
            : work();

    /// <summary>One line, with the time since <c>up</c> was started.</summary>
    public void Say(string line)
    {
        var elapsed = clock.GetElapsedTime(_startTimestamp).TotalSeconds.ToString("0.0", CultureInfo.InvariantCulture);
        Write($"[grey]{elapsed,6} s[/]  {Markup.Escape(line)}");
    }

    public void Ready(Uri url, DataFolder folder) => Write(
        $"[green]TravelHub is ready[/]: {url.GetLeftPart(UriPartial.Authority)}  (book there, operate at /ops; Ctrl-C stops it; keys: travelhub status{Markup.Escape(folder.AsOption())})");

    private void Write(string markup)
    {
        try
        {
            if (_isTerminal)
                console.MarkupLine(markup);
            else // Whole lines, for those who search a log of them; the console would fold them.
                console.Profile.Out.Writer.WriteLine(Markup.Remove(markup));
        }
        catch (IOException)
        {
            // A terminal that is gone, or a log on a full disk: what was to be told is lost, and those who look after processes go on.
        }
    }
}
