using System.Globalization;

namespace TravelHub.Lab;

/// <summary>Tells the person at the terminal what is done, with the time since the start; for many threads.</summary>
internal sealed class LabLog(TextWriter output, TimeProvider time)
{
    private readonly TextWriter _output = TextWriter.Synchronized(output);
    private readonly long _start = time.GetTimestamp();

    public void Say(string line) => _output.WriteLine(
        string.Create(CultureInfo.InvariantCulture, $"{time.GetElapsedTime(_start).TotalSeconds,7:0.0} s  {line}"));
}
