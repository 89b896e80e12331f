using System.Net;
using Microsoft.Extensions.Options;
using Npgsql;
using Orleans.Configuration;
using Orleans.Serialization;
using Orleans.Storage;
using TravelHub.Grains;

namespace TravelHub.Silo;

/// <summary>Ties a silo to PostgreSQL: its storage, its reminders, and its cluster.</summary>
public static class PostgresCluster
{
    private const string Invariant = "Npgsql";

    private static readonly TimeSpan MembershipPause = TimeSpan.FromMilliseconds(500);

    /// <summary>The same for all clusters: grain storage and reminders outlive them.</summary>
    public const string ServiceId = "travelhub";

    /// <summary>
    /// Connections with a statement time-out, so that nothing hangs on a sick database and nothing holds back the log's readers. No code changes
    /// the session, so none is reset between uses (that was half of all statements), and a plan is made once per connection (planning a batch of
    /// appends took half as long as running it). That plan must suit a table of any size: one made while the tables were empty read all heads at each
    /// append, so no table is read from end to end while an index serves. Nothing here runs long enough to be worth compiling.
    /// </summary>
    public static NpgsqlDataSource DataSource(string connectionString, string applicationName)
    {
        var connection = new NpgsqlConnectionStringBuilder(connectionString)
        {
            ApplicationName = applicationName,
            MaxAutoPrepare = 50,
            MaxPoolSize = 24,
            MinPoolSize = 24,       // what was opened stays: else nearly all idle ones are closed every five minutes, and bookings waited up to 270 ms
            NoResetOnClose = true,
            Timeout = 5,            // seconds to connect
            CommandTimeout = 12,    // seconds; above the server's own, so that the server speaks first
            Options = "-c statement_timeout=10000 -c idle_in_transaction_session_timeout=10000 "   // ms
                + "-c plan_cache_mode=force_generic_plan -c enable_seqscan=off -c jit=off",
        };
        return NpgsqlDataSource.Create(connection);
    }

    /// <summary>Keeps grain state and reminders in the database.</summary>
    public static ISiloBuilder AddPostgresStorage(this ISiloBuilder silo, NpgsqlDataSource database)
    {
        silo.Services.AddSingleton(database);
        foreach (var name in new[] { GrainStorageNames.Catalog, GrainStorageNames.Health })
        {
            silo.AddAdoNetGrainStorage(name, (OptionsBuilder<AdoNetGrainStorageOptions> storage) =>
                storage.Configure<IServiceProvider>((o, services) =>
                {
                    o.Invariant = Invariant;
                    o.DataSource = database;
                    o.GrainStorageSerializer = new OrleansGrainStorageSerializer(services.GetRequiredService<Serializer>());
                }));
        }

        silo.UseAdoNetReminderService(o => (o.Invariant, o.DataSource) = (Invariant, database));
        return silo.Configure<ReminderOptions>(o => o.MinimumReminderPeriod = TimeSpan.FromSeconds(1));
    }

    /// <summary>
    /// Joins the cluster. The periods were measured: a silo that was killed is declared dead after about 3 s, one that hangs after about 6 s, and a
    /// busy one is not.
    /// </summary>
    internal static ISiloBuilder JoinPostgresCluster(this ISiloBuilder silo, NpgsqlDataSource database, SiloOptions options)
    {
        silo.Configure<ClusterOptions>(o => (o.ClusterId, o.ServiceId) = (options.ClusterId, ServiceId));
        silo.Configure<Orleans.Configuration.SiloOptions>(o => o.SiloName = options.SiloName);
        silo.ConfigureEndpoints(IPAddress.Loopback, options.SiloPort, options.GatewayPort);
        silo.UseAdoNetClustering(o => (o.Invariant, o.DataSource) = (Invariant, database));
        var table = silo.Services.Last(service => service.ServiceType == typeof(IMembershipTable));
        silo.Services.AddSingleton<IMembershipTable>(services => new PatientMembershipTable(
            (IMembershipTable)ActivatorUtilities.CreateInstance(services, table.ImplementationType!), MembershipPause, TimeProvider.System));
        return silo.Configure<ClusterMembershipOptions>(o =>
        {
            o.ProbeTimeout = TimeSpan.FromSeconds(1);
            o.MaxProbeTimeout = TimeSpan.FromSeconds(2);
            o.NumMissedProbesLimit = 3;
            o.NumVotesForDeathDeclaration = 2;
            o.TableRefreshTimeout = TimeSpan.FromSeconds(5);
            o.IAmAliveTablePublishTimeout = TimeSpan.FromSeconds(5);
        });
    }
}
