using System.Collections.Concurrent;

using Npgsql;

using TravelHub.Client.Instances;

namespace TravelHub.Client.Up;

/// <summary>
/// What operators asked of silos, as the cluster keeps it in the database. A silo that was taken away is left alone until it is wanted again; the word is durable
/// before the silo stops, so it is there whenever its end is seen, also by an <c>up</c> that was started later.
/// </summary>
internal sealed class SiloWishes(string connectionString, string clusterId, InstanceStore store, Action<string> say, TimeProvider clock)
{
    private static readonly TimeSpan PollPeriod = TimeSpan.FromMilliseconds(500);

    private const string WantedSql = "SELECT is_wanted FROM silo_wishes WHERE cluster_id = $1 AND silo = $2";

    // What the database last said of each silo: newer than the instance's file, if that can't be written.
    private readonly ConcurrentDictionary<string, bool> _isWanted = new();

    private int _isTroubleToldOf;

    /// <summary>Returns at once for a silo that is wanted, or of which nothing is known: what dies is started again.</summary>
    public async Task UntilWanted(string silo, CancellationToken cancellationToken)
    {
        var isToldOf = false;
        while (!await IsWanted(silo, cancellationToken))
        {
            if (!isToldOf)
                say($"{silo} was taken away by an operator and stays away until he wants it back: travelhub silos restart {silo}");
            isToldOf = true;
            await Task.Delay(PollPeriod, clock, cancellationToken);
        }

        if (isToldOf)
            say($"{silo} is wanted again");
    }

    // Without an answer of the database the last one holds.
    private async Task<bool> IsWanted(string silo, CancellationToken cancellationToken)
    {
        if (await Ask(silo, cancellationToken) is not { } isWanted)
            return _isWanted.TryGetValue(silo, out var last) ? last : !store.Current.Away.Contains(silo);
        _isWanted[silo] = isWanted;
        Remember(silo, isWanted);
        return isWanted;
    }

    /// <returns>Null when the database gives no answer.</returns>
    private async Task<bool?> Ask(string silo, CancellationToken cancellationToken)
    {
        try
        {
            await using var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(connectionString)
            {
                ApplicationName = "up", Pooling = false, Timeout = 5, CommandTimeout = 5,   // seconds
            }.ConnectionString);
            await connection.OpenAsync(cancellationToken);
            await using var command = new NpgsqlCommand(WantedSql, connection);
            command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = clusterId });
            command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = silo });
            return await command.ExecuteScalarAsync(cancellationToken) is not false;
        }
        catch (Exception e) when (e is NpgsqlException or TimeoutException or IOException)
        {
            return null;
        }
    }

    // For an up that is started while the database is away. A full disk takes nothing from the database's word, and is tried again at the next look.
    private void Remember(string silo, bool isWanted)
    {
        if (store.Current.Away.Contains(silo) != isWanted)
            return;
        try
        {
            store.Update(instance => instance with { Away = isWanted ? instance.Away.Remove(silo) : instance.Away.Add(silo) });
            Volatile.Write(ref _isTroubleToldOf, 0);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            if (Interlocked.Exchange(ref _isTroubleToldOf, 1) == 0)
                say($"What is wanted of {silo} is known, but could not be kept for a later start ({e.Message})");
        }
    }
}
