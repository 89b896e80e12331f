using TravelHub.Grains.Faults;
using TravelHub.Lab.Experiments;

namespace TravelHub.Lab.Mutants;

/// <summary>All planted bugs that the checks must find: those of a build with <c>Mutants=true</c>, and the ones that a soak can plant too.</summary>
internal static class MutantTrials
{
    // Longer than a booking is tried: only then the gateway's breaker opens, and what comes is kept and answered 202.
    private static readonly ScenarioFault[] SilosStandStill = [new(3, ScenarioFaultKind.PauseSilos, ForSeconds: 27)];

    private static readonly ScenarioFault[] SilosDieOnASlowDatabase =
        [new(3, ScenarioFaultKind.PostgresSlow, ForSeconds: 12), new(6, ScenarioFaultKind.KillSilo), new(12, ScenarioFaultKind.KillSilo, Silo: 2)];

    private static readonly ScenarioFault[] SilosWakeUp =
        [new(3, ScenarioFaultKind.PauseSilo, Silo: 1, ForSeconds: 18), new(26, ScenarioFaultKind.PauseSilo, Silo: 2, ForSeconds: 18)];

    private const int ManyWriters = 48;   // they have to commit out of order

    public static readonly IReadOnlyList<MutantTrial> All =
    [
        new("other-charge-on-retry", "a charge that is repeated gets another id", Seconds: 8),
        new("any-answer-is-yes", "a declined card is taken for a charged one"),
        new("no-answer-is-no", "a charge that is not answered is taken for a declined one", Seconds: 8),
        new("charge-not-sent", "confirmed without a charge"),
        new("refund-not-sent", "refunded in the log alone"),
        new("refund-a-cent-short", "less is given back than the log says"),
        new("void-is-always-void", "a void that came too late is taken for one in time", Seconds: 15),
        new("event-written-twice", "confirmed is appended twice"),
        new("paid-not-written", "confirmed is appended without paid"),
        new("own-row-left-behind", "the owner's list stays at the request"),
        new("nobody-is-to-wake-it", "no recovery is arranged"),
        new("guest-not-kept", "the guest's name is not written"),
        new("snapshot-an-event-short", "a snapshot lacks the last event that it claims", MutantStage.SilosDie, Seconds: 10),
        new("page-without-its-last", "readers lose the last event of a page"),
        new("books-without-refunds", "refunds are not booked"),
        new("release-ignored", "rooms of what was cancelled stay taken"),
        new("first-stay-released-only", "rooms of the other stays stay taken"),
        new("sale-ignored", "sold rooms stay held"),
        new("one-room-whatever-is-asked", "stays of several rooms hold one"),
        new("last-night-not-held", "a stay's last night is not held"),
        new("last-room-twice", "when no room is left one more is given out"),
        new("sold-out-for-good", "a refusal rests on what is remembered", Seconds: 8),
        new("one-room-more", "an inventory has one room more than the catalogue"),
        new("availability-remembered", "searches see what once was left"),
        new("any-body-will-do", "another request under the same key is accepted"),
        new("every-payment-is-new", "a payment's key is ignored", Seconds: 8),
        new("reservation-remembered", "a reservation is shown as it was first seen", Seconds: 8),
        new("list-skips-a-row", "the first row of each later page is skipped", Seconds: 8),
        new("two-are-enough", "a vote is decided at two"),
        new("second-room-for-nothing", "all replicas price one room of several"),
        new("nobody-is-quarantined", "a liar keeps its vote", MutantStage.AReplicaLies, Seconds: 10),
        new("neighbour-accused", "a liar's neighbour is blamed", MutantStage.AReplicaLies, Seconds: 10),
        new("gateway-ignores-keys", "each repeat of a booking is a new one", MutantStage.Instance, Seconds: 12),
        new("gateway-intake-forgets", "what was answered 202 is not kept", MutantStage.Instance, Seconds: 36, SilosStandStill),
        new(Plants.CursorOnIdAlone, "readers go on from the position alone", MutantStage.Instance, Seconds: 40) { Clients = ManyWriters },
        new(Plants.HoldEndedByInventoryClock, "a hold ends without its reservation being asked", Seconds: 15),
        new(Plants.AckBeforeEffect, "an append is acknowledged before it is durable", MutantStage.Instance, Seconds: 20, SilosDieOnASlowDatabase),
        new(Plants.MissingFence, "an append goes in wherever its stream stands", MutantStage.Instance, Seconds: 50, SilosWakeUp),
    ];

    /// <summary>Each place in which a bug is planted, without one: what is found there is no bug's doing.</summary>
    public static readonly IReadOnlyList<MutantTrial> Unmutated =
    [
        new("(none)", "calm, in process", Seconds: 15),
        new("(none)", "silos die, in process", MutantStage.SilosDie, Seconds: 10),
        new("(none)", "a replica lies, in process", MutantStage.AReplicaLies, Seconds: 10),
        new("(none)", "an instance", MutantStage.Instance, Seconds: 12),
        new("(none)", "an instance whose silos stand still", MutantStage.Instance, Seconds: 36, SilosStandStill),
        new("(none)", "an instance with many writers", MutantStage.Instance, Seconds: 40) { Clients = ManyWriters },
        new("(none)", "an instance whose silos die while the database is slow", MutantStage.Instance, Seconds: 20, SilosDieOnASlowDatabase),
        new("(none)", "an instance whose silos stand still and wake up", MutantStage.Instance, Seconds: 50, SilosWakeUp),
    ];
}
