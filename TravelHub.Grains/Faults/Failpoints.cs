using System.Collections.Frozen;

namespace TravelHub.Grains.Faults;

/// <summary>All failpoints by name, such as <c>confirmed-append.before-commit</c>. A new one needs a line here and a row in the crash table.</summary>
internal static class Failpoints
{
    public const string Charge = "charge";
    public const string Refund = "refund";
    public const string Void = "void";
    public const string Vote = "vote";
    public const string PlaceHold = "place-hold";
    public const string TellSold = "tell-sold";
    public const string TellReleased = "tell-released";
    public const string ResyncTell = "resync-tell";
    public const string AskHold = "ask-hold";
    public const string Snapshot = "snapshot";

    private const string Held = "inventory.held.v1";
    private const string Requested = "reservation.requested.v1";

    private static readonly FrozenDictionary<string, Failpoint> ByName = All().ToFrozenDictionary(f => f.Name);

    public static IEnumerable<string> Names => ByName.Keys;

    /// <exception cref="InvalidOperationException">There is none of this name.</exception>
    public static Failpoint Named(string? name) => name is not null && ByName.TryGetValue(name, out var found)
        ? found
        : throw new InvalidOperationException($"Faults:Failpoint '{name}' is not one of: {string.Join(", ", Names.Order(StringComparer.Ordinal))}.");

    private static IEnumerable<Failpoint> All()
    {
        (string Name, string Type)[] appends =
        [
            ("requested-append", Requested),
            ("rooms-held-append", "reservation.rooms-held.v1"),
            ("sold-out-append", "reservation.sold-out.v1"),
            ("payment-started-append", "reservation.payment-started.v1"),
            ("payment-declined-append", "reservation.payment-declined.v1"),
            ("payment-voided-append", "reservation.payment-voided.v1"),
            ("confirmed-append", "reservation.confirmed.v1"),
            ("cancel-requested-append", "reservation.cancel-requested.v1"),
            ("refunded-append", "reservation.refunded.v1"),
            ("cancelled-append", "reservation.cancelled.v1"),
            ("lapsed-append", "reservation.lapsed.v1"),
            ("abandoned-append", "reservation.abandoned.v1"),
            ("held-append", Held),
            ("sold-append", "inventory.sold.v1"),
            ("released-append", "inventory.released.v1"),
            (Snapshot, Snapshot),
        ];
        foreach (var (name, type) in appends)
        {
            yield return new Failpoint($"{name}.before-commit", type, IsDone: false);
            yield return new Failpoint($"{name}.after-commit", type, IsDone: true);
        }

        foreach (var call in new[] { Charge, Refund, Void, Vote, PlaceHold, TellSold, TellReleased, AskHold })
        {
            yield return new Failpoint($"{call}.before-call", call, IsDone: false);
            yield return new Failpoint($"{call}.after-call", call, IsDone: true);
        }

        // The reservation's own word is lost: the resync alone can tell.
        yield return new Failpoint($"{ResyncTell}.before-call", ResyncTell, IsDone: false, Withheld: TellReleased);
        yield return new Failpoint($"{ResyncTell}.after-call", ResyncTell, IsDone: true, Withheld: TellReleased);

        // The request and its hold go to the log at the same time: these say which one is there alone.
        yield return new Failpoint("requested-append.without-held", Requested, IsDone: true, Withheld: Held);
        yield return new Failpoint("held-append.without-requested", Held, IsDone: true, Withheld: Requested);
    }
}
