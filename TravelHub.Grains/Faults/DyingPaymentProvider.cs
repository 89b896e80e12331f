using TravelHub.Grains.Abstractions.Payments;
using TravelHub.Grains.Payments;
using TravelHub.Grains.Reservations;

namespace TravelHub.Grains.Faults;

/// <summary>The provider as a silo sees it that dies before a request leaves, or with its answer unread.</summary>
internal sealed class DyingPaymentProvider(IPaymentProvider provider, ArmedFailpoint failpoint) : IPaymentProvider
{
    public Task<ChargeOutcome> Charge(string chargeId, Money amount, string token, string reference) =>
        failpoint.Around([Failpoints.Charge], Concerned(chargeId), () => provider.Charge(chargeId, amount, token, reference));

    public Task<VoidOutcome> Void(string chargeId) =>
        failpoint.Around([Failpoints.Void], Concerned(chargeId), () => provider.Void(chargeId));

    public Task Refund(string refundId, string chargeId, Money amount) =>
        failpoint.Around([Failpoints.Refund], Concerned(chargeId), () => provider.Refund(refundId, chargeId, amount));

    // The ids of charges begin with their reservation's.
    private static string[] Concerned(string chargeId) => [ReservationStreams.Name(Guid.ParseExact(chargeId.AsSpan(0, 32), "N"))];
}
