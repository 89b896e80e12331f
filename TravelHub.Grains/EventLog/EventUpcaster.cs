using System.Globalization;
using System.Text.Json.Nodes;

namespace TravelHub.Grains.EventLog;

/// <summary>
/// Brings the stored payload of one version of an event to the next. Pure: the same payload gives the same result for ever. The log itself is
/// never rewritten.
/// </summary>
internal sealed class EventUpcaster
{
    /// <param name="name">The event without its version, such as <c>inventory.held</c>.</param>
    /// <param name="fromVersion">The version that is read, from 1; the result is of the version after it.</param>
    /// <param name="bring">Makes the new payload of the old one, which it may change and return.</param>
    public EventUpcaster(string name, int fromVersion, Func<JsonObject, JsonObject> bring)
    {
        From = Name(name, fromVersion);
        To = Name(name, fromVersion + 1);
        Bring = bring;
    }

    /// <summary>The stored name that it reads.</summary>
    public string From { get; }

    /// <summary>The stored name of what it makes.</summary>
    public string To { get; }

    public Func<JsonObject, JsonObject> Bring { get; }

    private static string Name(string name, int version) => string.Create(CultureInfo.InvariantCulture, $"{name}.v{version}");
}
