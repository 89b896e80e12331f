using TravelHub.Client.Replay;

namespace TravelHub.Client.Tests.Replay.Audit;

/// <summary>
/// Three accepted rows of one property whose room type "A" has three rooms: a stay, a stay for nothing, and one that was cancelled. A
/// fourth was sold out.
/// </summary>
internal static class AuditSample
{
    public static readonly Guid Stay = Guid.Parse("00000000-0000-4000-8000-000000000001");
    public static readonly Guid Free = Guid.Parse("00000000-0000-4000-8000-000000000002");
    public static readonly Guid Cancelled = Guid.Parse("00000000-0000-4000-8000-000000000003");
    public static readonly Guid SoldOut = Guid.Parse("00000000-0000-4000-8000-000000000004");
    public static readonly Guid Other = Guid.Parse("00000000-0000-4000-8000-000000000005");

    public const long TotalMinor = 16_000;

    public static ReplayPlan Plan(string run) => new ReplayPlanner(run, 0.75m, new DateOnly(2030, 1, 1)).Plan(
    [
        SampleDemand.Row(line: 2, arrival: "2019-03-01"),
        SampleDemand.Row(line: 3, arrival: "2019-03-02", nightlyRate: 0),
        SampleDemand.Row(line: 4, arrival: "2019-03-02", cancelledOn: "2019-03-02"),
        SampleDemand.Row(line: 5, arrival: "2019-03-02"),
    ]);

    public static ReplayAnswers Answers(ReplayPlan plan) => new(Accepted(plan), SoldOut: [plan.Bookings[3]], Undecided: []);

    public static IReadOnlyList<AcceptedBooking> Accepted(ReplayPlan plan) =>
    [
        new(plan.Bookings[0], Stay, IsCancelled: false),
        new(plan.Bookings[1], Free, IsCancelled: false),
        new(plan.Bookings[2], Cancelled, IsCancelled: true),
    ];
}
