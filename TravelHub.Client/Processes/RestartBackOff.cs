namespace TravelHub.Client.Processes;

/// <summary>How long to wait before a process that ended is started again.</summary>
internal sealed class RestartBackOff
{
    /// <summary>A process that lived this long was well; what ended it is taken for a new misfortune.</summary>
    private static readonly TimeSpan WellAfter = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan First = TimeSpan.FromSeconds(0.2);
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(5);

    private TimeSpan _next = First;

    /// <summary>The wait after a process that lived so long: 0.2 s, doubled each time up to 5 s.</summary>
    public TimeSpan Next(TimeSpan lived)
    {
        var wait = lived >= WellAfter ? First : _next;
        _next = wait * 2 < Longest ? wait * 2 : Longest;
        return wait;
    }
}
