using TravelHub.Grains.Abstractions.Payments;

namespace TravelHub.Grains.Payments;

/// <summary>One vote while its answers come in: decided at the third identical verdict, or when all have answered and no three agree.</summary>
internal sealed class Ballot(PaymentInput input)
{
    public const int Replicas = 5;
    public const int Quorum = 3;

    private readonly TaskCompletionSource<VoteOutcome> _outcome = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly List<Verdict> _verdicts = new(Replicas);
    private int _missing;

    public PaymentInput Input => input;

    public Task<VoteOutcome> Outcome => _outcome.Task;

    /// <summary>Takes a replica's answer.</summary>
    /// <param name="verdict">Null when it gave none.</param>
    public void Take(Verdict? verdict)
    {
        if (verdict is null)
            _missing++;
        else
            _verdicts.Add(verdict);

        if (verdict is not null && _verdicts.Count(verdict.Equals) is >= Quorum and var agreeing)
            _outcome.TrySetResult(new VoteOutcome.Decided(verdict, agreeing));
        else if (_verdicts.Count + _missing == Replicas)
            _outcome.TrySetResult(new VoteOutcome.NoMajority(_verdicts.Count));
    }
}
