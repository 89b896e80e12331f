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
            Remember(silo, await command.ExecuteScalarAsync(cancellationToken) is not false);
        }
        catch (Exception e) when (e is NpgsqlException or TimeoutException or IOException)
        {
        }

        return !store.Current.Away.Contains(silo);
    }

    private void Remember(string silo, bool isWanted)
    {
        if (store.Current.Away.Contains(silo) == isWanted)
            store.Update(instance => instance with { Away = isWanted ? instance.Away.Remove(silo) : instance.Away.Add(silo) });
    }
}
