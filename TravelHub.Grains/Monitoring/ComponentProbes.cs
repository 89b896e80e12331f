using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Net;
using Microsoft.Extensions.Options;
using TravelHub.Grains.Abstractions.Analytics;
using TravelHub.Grains.Abstractions.Inventory;
using TravelHub.Grains.Abstractions.Payments;
using TravelHub.Grains.Abstractions.Reservations;
using TravelHub.Grains.Abstractions.Search;
using TravelHub.Grains.Analytics;
using TravelHub.Grains.Operations;
using TravelHub.Grains.Payments;

namespace TravelHub.Grains.Monitoring;

/// <summary>
/// What each component has to do to show that it lives: its own work in small, through the same calls that customers cause, and without an effect. A silo's
/// mere being there proves nothing of the grains on it.
/// </summary>
internal sealed class ComponentProbes : IDisposable
{
    public const string Gateway = "gateway";

    private const string Analytics = "analytics";

    private const string Nobody = "monitoring";

    private static readonly Guid NoReservation = new("00000000-0000-0000-0000-00006d6f6e69");

    private readonly IGrainFactory _grains;
    private readonly SiloAgents _agents;
    private readonly TimeProvider _time;
    private readonly TimeSpan _patience;
    private readonly HttpClient _http = new(new SocketsHttpHandler { UseProxy = false, AllowAutoRedirect = false, PooledConnectionLifetime = TimeSpan.FromMinutes(5) });

    // A gateway's certificate has the name by which others know it, not the address that is asked here.
    [SuppressMessage("Security", "CA5359", Justification = "The echo is to prove that the gateway lives, not who it is, and no secret is sent.")]
    private readonly HttpClient _gateway = new(new SocketsHttpHandler
    {
        UseProxy = false, AllowAutoRedirect = false, PooledConnectionLifetime = TimeSpan.FromMinutes(5), SslOptions = { RemoteCertificateValidationCallback = (_, _, _, _) => true },
    });

    private readonly ImmutableDictionary<string, Func<Task>> _exercises;

    public ComponentProbes(
        IGrainFactory grains, SiloAgents agents, IOptions<PaymentOptions> payments, IOptions<MonitoringOptions> options, AnalyticsPresence analytics, TimeProvider time)
    {
        (_grains, _agents, _time, _patience) = (grains, agents, time, options.Value.Patience);
        _exercises = new Dictionary<string, Func<Task>>
        {
            ["search"] = Search,
            ["reservations"] = Reservations,
            ["inventory"] = Inventory,
            ["payments"] = () => Payments(payments.Value.ReplicaGroups),
            [Analytics] = () => _grains.GetGrain<IAnalyticsGrain>(0).Progress(),
            ["provider"] = () => Http(_http, new Uri(payments.Value.ProviderUrl!, "charges/monitoring")),
        }.Concat(Enumerable.Range(0, payments.Value.ReplicaGroups).Select(group => KeyValuePair.Create<string, Func<Task>>($"replicas-{group}", () => Replicas(group))))
            .ToImmutableDictionary();
        Components = [.. _exercises.Keys.Where(name => name != Analytics || analytics.IsHere)];
    }

    /// <summary>The components that this silo exercises: any can, but a cluster without analytics misses nothing.</summary>
    public ImmutableArray<string> Components { get; }

    /// <summary>Returns when the component has done its work, within the time that it is given.</summary>
    /// <exception cref="Exception">It has not, whatever the reason.</exception>
    public Task Exercise(string component) => _exercises[component]().WaitAsync(_patience, _time);

    /// <summary>Asks any component for an echo.</summary>
    /// <param name="address">Where it last said to be: a gateway's URL, a silo's address.</param>
    /// <returns>Whether it came in time.</returns>
    public async Task<bool> Echoes(string component, string? address)
    {
        try
        {
            if (_exercises.ContainsKey(component))
                await Exercise(component);
            else if (address is null)
                return false;
            else if (component == Gateway)
                await Http(_gateway, new Uri(new Uri(address), "/health/live")).WaitAsync(_patience, _time);
            else
                return await _agents.Answers(SiloAddress.FromParsableString(address), _patience, _time);
            return true;
        }
        catch (Exception)
        {
            return false;   // whatever went wrong, there was no echo
        }
    }

    public void Dispose()
    {
        _http.Dispose();
        _gateway.Dispose();
    }

    private async Task Search()
    {
        var night = DateOnly.FromDateTime(_time.GetUtcNow().UtcDateTime);
        await _grains.GetGrain<ISearchGrain>(0).Find(new SearchQuery(Nobody, new Nights(night, night.AddDays(1)), 1, 1));
    }

    private async Task Reservations()
    {
        await _grains.GetGrain<IReservationGrain>(NoReservation).Get(Nobody);
        await _grains.GetGrain<IReservationListGrain>(0).List(Nobody, after: null, limit: 1);
    }

    private async Task Inventory()
    {
        var night = DateOnly.FromDateTime(_time.GetUtcNow().UtcDateTime);
        await _grains.GetGrain<IInventoryGrain>($"{Nobody}/STD").Availability(new Nights(night, night.AddDays(1)));
    }

    // Payments live as long as some group decides: that one of several can't is told of that group alone.
    private async Task Payments(int groups)
    {
        if (await CountRight(Enumerable.Range(0, groups).Select(group => Decides(_grains.GetGrain<IVotingGrain>(group))), enough: 1) == 0)
            throw new InvalidOperationException("A vote on a made-up payment found no majority in any group.");
        await _grains.GetGrain<ILedgerGrain>(0).Lag();
    }

    // A group lives as long as it has a majority that counts right.
    private async Task Replicas(int group)
    {
        var asked = Enumerable.Range(1, Ballot.Replicas).Select(number => Ask(_grains.GetGrain<IReplicaGrain>(ReplicaNames.Of(group, number))));
        if (await CountRight(asked, Ballot.Quorum) is var right and < Ballot.Quorum)
            throw new InvalidOperationException($"Only {right} replicas of group {group} know what they must.");
    }

    // Waits for no more than are needed.
    private static async Task<int> CountRight(IEnumerable<Task<bool>> answers, int enough)
    {
        var right = 0;
        var asked = answers.ToList();
        while (asked.Count > 0 && right < enough)
        {
            var one = await Task.WhenAny(asked);
            asked.Remove(one);
            right += await one ? 1 : 0;
        }

        return right;
    }

    private static async Task<bool> Decides(IVotingGrain voting)
    {
        try
        {
            return await voting.Probe() is VoteOutcome.Decided;
        }
        catch (Exception)
        {
            return false;   // another group may
        }
    }

    private static async Task<bool> Ask(IReplicaGrain replica)
    {
        try
        {
            return (await replica.Compute(GoldenVectors.Inputs)).Verdicts.SequenceEqual(GoldenVectors.Verdicts);
        }
        catch (Exception)
        {
            return false;   // the others may be a majority
        }
    }

    // It need not know us: whoever says that it does not has answered.
    private static async Task Http(HttpClient http, Uri address)
    {
        using var answer = await http.GetAsync(address);
        if (answer.StatusCode >= HttpStatusCode.InternalServerError)
            throw new HttpRequestException($"{address} answered {(int)answer.StatusCode}.", null, answer.StatusCode);
    }
}
