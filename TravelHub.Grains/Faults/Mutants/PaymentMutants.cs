using System.Collections.Concurrent;
using TravelHub.Grains.Abstractions.Payments;
using TravelHub.Grains.Payments;

namespace TravelHub.Grains.Faults.Mutants;

/// <summary>Bugs on the way to the payment provider.</summary>
internal static class PaymentMutants
{
    public static readonly Mutant[] All =
    [
        Provider("other-charge-on-retry", provider => new OtherChargeOnRetry(provider)),
        Provider("any-answer-is-yes", provider => new AnyAnswerIsYes(provider)),
        Provider("no-answer-is-no", provider => new NoAnswerIsNo(provider)),
        Provider("charge-not-sent", provider => new ChargeNotSent(provider)),
        Provider("refund-not-sent", provider => new RefundNotSent(provider)),
        Provider("refund-a-cent-short", provider => new RefundACentShort(provider)),
        Provider("void-is-always-void", provider => new VoidIsAlwaysVoid(provider)),
    ];

    private static Mutant Provider(string name, Func<IPaymentProvider, IPaymentProvider> spoil) =>
        new(name, silo => TravelHubFaults.Decorate(silo.Services, spoil));

    /// <summary>Says and does what the provider does, but for what a bug changes.</summary>
    private abstract class Spoiled(IPaymentProvider provider) : IPaymentProvider
    {
        protected IPaymentProvider Provider => provider;

        public virtual Task<ChargeOutcome> Charge(string chargeId, Money amount, string token, string reference) =>
            provider.Charge(chargeId, amount, token, reference);

        public virtual Task<VoidOutcome> Void(string chargeId) => provider.Void(chargeId);

        public virtual Task Refund(string refundId, string chargeId, Money amount) => provider.Refund(refundId, chargeId, amount);
    }

    /// <summary>A repeat of a charge whose outcome is unknown gets an id of its own.</summary>
    private sealed class OtherChargeOnRetry(IPaymentProvider provider) : Spoiled(provider)
    {
        private readonly ConcurrentDictionary<string, int> _tries = new();

        public override Task<ChargeOutcome> Charge(string chargeId, Money amount, string token, string reference)
        {
            var tries = _tries.AddOrUpdate(chargeId, 1, (_, n) => n + 1);
            return Provider.Charge(tries == 1 ? chargeId : $"{chargeId}-{tries}", amount, token, reference);
        }
    }

    /// <summary>That the provider answers is taken for its consent.</summary>
    private sealed class AnyAnswerIsYes(IPaymentProvider provider) : Spoiled(provider)
    {
        public override async Task<ChargeOutcome> Charge(string chargeId, Money amount, string token, string reference)
        {
            await Provider.Charge(chargeId, amount, token, reference);
            return new ChargeOutcome.Captured();
        }
    }

    /// <summary>A charge that is not answered in time is taken for a declined one.</summary>
    private sealed class NoAnswerIsNo(IPaymentProvider provider) : Spoiled(provider)
    {
        public override async Task<ChargeOutcome> Charge(string chargeId, Money amount, string token, string reference)
        {
            try
            {
                return await Provider.Charge(chargeId, amount, token, reference);
            }
            catch (Exception e)
            {
                return new ChargeOutcome.Declined(e.Message);
            }
        }
    }

    /// <summary>Confirmed, and never charged.</summary>
    private sealed class ChargeNotSent(IPaymentProvider provider) : Spoiled(provider)
    {
        public override Task<ChargeOutcome> Charge(string chargeId, Money amount, string token, string reference) =>
            Task.FromResult<ChargeOutcome>(new ChargeOutcome.Captured());
    }

    private sealed class RefundNotSent(IPaymentProvider provider) : Spoiled(provider)
    {
        public override Task Refund(string refundId, string chargeId, Money amount) => Task.CompletedTask;
    }

    private sealed class RefundACentShort(IPaymentProvider provider) : Spoiled(provider)
    {
        public override Task Refund(string refundId, string chargeId, Money amount) =>
            Provider.Refund(refundId, chargeId, amount with { AmountMinor = amount.AmountMinor - 1 });
    }

    /// <summary>A void that came too late is taken for one that came in time: the money stays where it is.</summary>
    private sealed class VoidIsAlwaysVoid(IPaymentProvider provider) : Spoiled(provider)
    {
        public override async Task<VoidOutcome> Void(string chargeId)
        {
            await Provider.Void(chargeId);
            return new VoidOutcome.Voided();
        }
    }
}
