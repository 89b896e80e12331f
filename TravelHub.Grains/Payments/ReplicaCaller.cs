using System.Collections.Immutable;
using Microsoft.Extensions.Logging;
using TravelHub.Grains.Abstractions.Payments;

namespace TravelHub.Grains.Payments;

/// <summary>
/// Asks one replica. While a call is under way, the ballots that come meanwhile gather for the next, so that a busy group pays few messages for
/// many votes. Single-threaded, like the grain that owns it.
/// </summary>
internal sealed class ReplicaCaller(string name, IReplicaGrain replica, TimeSpan timeout, TimeProvider time, ILogger logger)
{
    private List<Ballot> _waiting = [];
    private bool _isCalling;

    /// <summary>Puts the ballot to the replica, which answers it within two time-outs or is counted as missing.</summary>
    public void Ask(Ballot ballot)
    {
        _waiting.Add(ballot);
        if (!_isCalling)
            _ = CallWhileAnyWait();
    }

    private async Task CallWhileAnyWait()
    {
        _isCalling = true;
        while (_waiting.Count > 0)
        {
            var ballots = _waiting;
            _waiting = [];
            var verdicts = await Compute(ballots);
            for (var i = 0; i < ballots.Count; i++)
                ballots[i].Take(i < verdicts.Length ? verdicts[i] : null);
        }

        _isCalling = false;
    }

    private async Task<ImmutableArray<Verdict?>> Compute(List<Ballot> ballots)
    {
        try
        {
            var verdicts = await replica.Compute([.. ballots.Select(b => b.Input)]).WaitAsync(timeout, time);
            return verdicts.IsDefault ? [] : verdicts;
        }
        catch (Exception e)
        {
            logger.LogWarning("Replica {Replica} did not answer {Count} votes: {Error}", name, ballots.Count, e.Message);
            return [];
        }
    }
}
