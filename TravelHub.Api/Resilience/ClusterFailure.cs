using System.Data.Common;
using System.Net.Sockets;
using Orleans.Runtime.Messaging;
using Orleans.Serialization;
using Polly.Timeout;
using TravelHub.Grains.Abstractions;

namespace TravelHub.Api.Resilience;

/// <summary>Tells an answer that is a no from no answer.</summary>
internal static class ClusterFailure
{
    /// <summary>Whether the cluster was not reached, or what became of the call is not known; the same call may fare better later.</summary>
    public static bool IsUnavailable(Exception e) => e is BreakerOpenException or TimeoutException or TimeoutRejectedException or OrleansException
        or AppendRefusedException or LogUnavailableException or DbException or SocketException or IOException or OperationCanceledException
        or CodecNotFoundException or UnavailableExceptionFallbackException;   // an error that could not be sent, or not be read: no answer either

    /// <summary>Whether who asks has no answer: it may also be that the log was too busy for one. A write was then not carried out, and is told so.</summary>
    public static bool IsNoAnswer(Exception e) => IsUnavailable(e) || e is LogOverloadedException;

    /// <summary>Whether nothing at all gets through now.</summary>
    public static bool IsOutOfReach(Exception e) => e is BreakerOpenException or SiloUnavailableException or ConnectionFailedException;

    /// <param name="hasCallerGone">Whether the caller has given up by now.</param>
    public static CallVerdict Judge(Exception e, bool hasCallerGone) => e switch
    {
        OperationCanceledException when hasCallerGone => CallVerdict.Unknown,
        LogOverloadedException => CallVerdict.Answered,   // it says that nothing was done
        _ => CallVerdict.Failed,
    };
}
