using Npgsql;
using TravelHub.Client.Postgres;
using TravelHub.Testing;

namespace TravelHub.Client.Tests.Postgres;

public sealed class AppRoleTests(PostgresFixture fixture) : IAsyncLifetime
{
    private string _owner = "";
    private string _app = "";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _owner = await fixture.NewTravelHubDatabase($"rights_{Guid.NewGuid():N}", Cancellation);
        _app = await PostgresFixture.ForApp(_owner, Cancellation);
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Theory]
    [InlineData("UPDATE reservation_events SET payload = '{}'")]
    [InlineData("DELETE FROM reservation_events")]
    [InlineData("TRUNCATE reservation_events")]
    [InlineData("DROP TABLE reservation_events")]
    [InlineData("ALTER TABLE reservation_events DISABLE TRIGGER ALL")]
    [InlineData("ALTER TABLE reservation_events ALTER COLUMN payload DROP NOT NULL")]
    [InlineData("DELETE FROM stream_heads")]
    [InlineData("UPDATE log_epoch SET epoch = gen_random_uuid()")]
    [InlineData("INSERT INTO audit_log SELECT * FROM audit_log")]
    [InlineData("UPDATE audit_log SET who = 'somebody else'")]
    [InlineData("DELETE FROM audit_log")]
    [InlineData("TRUNCATE audit_log")]
    [InlineData("DROP TABLE audit_log")]
    [InlineData("UPDATE audit_head SET number = 0")]
    [InlineData("DELETE FROM api_keys")]
    [InlineData("UPDATE api_keys SET role = 'operator'")]
    [InlineData("UPDATE api_keys SET hash = sha256('mine')")]
    [InlineData("ALTER TABLE api_keys DISABLE TRIGGER ALL")]
    [InlineData("DELETE FROM guests")]
    [InlineData("UPDATE guests SET reservation = gen_random_uuid()")]
    [InlineData("DELETE FROM reservations")]
    [InlineData("DELETE FROM ledger_movements")]
    [InlineData("UPDATE ledger_movements SET amount_minor = 1")]
    [InlineData("UPDATE vote_records SET amount_minor = 1")]
    [InlineData("UPDATE orleansquery SET querytext = ''")]
    [InlineData("UPDATE schema_versions SET scriptname = ''")]
    [InlineData("CREATE TABLE public.mine ()")]
    [InlineData("CREATE ROLE mine")]
    [InlineData("CREATE OR REPLACE FUNCTION horizon_seconds() RETURNS float8 LANGUAGE sql AS 'SELECT 0::float8'")]
    public async Task App_ChangingWhatIsNotItsOwn_IsDenied(string sql)
    {
        var denied = await Assert.ThrowsAsync<PostgresException>(() => Query.Scalar(_app, sql));

        Assert.Equal(PostgresErrorCodes.InsufficientPrivilege, denied.SqlState);
    }

    [Theory]
    [InlineData("INSERT INTO reservation_events (stream, version, type, payload, append_id, recorded_at, hash) VALUES ('s', 1, 't', '{}', gen_random_uuid(), now(), '')")]
    [InlineData("INSERT INTO stream_heads VALUES ('s', 1, 0, '') ON CONFLICT (stream) DO UPDATE SET version = excluded.version")]
    [InlineData("INSERT INTO snapshots VALUES ('s', 1, 1, '') ON CONFLICT (stream) DO UPDATE SET version = excluded.version")]
    [InlineData("DELETE FROM vote_records")]
    [InlineData("UPDATE guests SET name = '', email = '', erased_at = now()")]
    [InlineData("SELECT audit_append('{NULL}', '{w}', '{k}', '{r}', '{a}', '{t}', '{begun}', '{x}')")]
    [InlineData("SELECT count(*) FROM end_old_transactions('1 hour')")]
    [InlineData("SELECT horizon_seconds()")]
    [InlineData("SELECT count(*) FROM payment_votes")]
    public async Task App_DoingItsWork_IsLetTo(string sql) => await Query.Scalar(_app, sql);

    [Theory]
    [InlineData("guests")]
    [InlineData("api_keys")]
    [InlineData("orleansstorage")]
    public async Task Reader_OfPersonalDataAndSecrets_IsDenied(string table)
    {
        var reader = AppRole.Name(new NpgsqlConnectionStringBuilder(_owner).Database!, "reader");

        Assert.Equal(
            "false true false",
            await Query.Scalar(_owner, $"""
                SELECT concat_ws(' ', has_table_privilege('{reader}', '{table}', 'SELECT')::text, has_table_privilege('{reader}', 'reservation_events', 'SELECT')::text,
                    has_table_privilege('{reader}', 'reservation_events', 'INSERT')::text)
                """));
    }

    [Fact]
    public async Task Revoked_Key_StaysRevokedWhoeverAsks()
    {
        const string Insert = "INSERT INTO api_keys (id, hash, owner, role, created_at, created_by, revoked_at) VALUES ('k', sha256('k'), 'o', 'client', now(), 'o', now())";
        await Query.Scalar(_app, Insert);

        Assert.Contains("stays revoked", (await Assert.ThrowsAsync<PostgresException>(() => Query.Scalar(_app, "UPDATE api_keys SET revoked_at = NULL"))).MessageText, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Rights_OfEachTable_AreWrittenDown()
    {
        var unnamed = await Query.Scalar(_owner, $"""
            SELECT coalesce(string_agg(relname, ', '), '') FROM pg_class
            WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p') AND relname <> ALL ('{"{"}{string.Join(',', AppRole.NamedTables)}{"}"}')
            """);

        Assert.Equal("", unnamed);   // AppRole says what the app may do to each
    }

    [Fact]
    public async Task Apply_AccountMayNotMakeRoles_GivesNone()
    {
        var name = $"poor_{Guid.NewGuid():N}";
        await Query.Scalar(_owner, $"CREATE ROLE {name} LOGIN PASSWORD 'poor'");
        await Query.Scalar(_owner, $"CREATE DATABASE {name} OWNER {name}");
        var poor = new NpgsqlConnectionStringBuilder(_owner) { Username = name, Password = "poor", Database = name, Pooling = false }.ConnectionString;
        await Schema.Apply(poor, Cancellation);   // a schema needs no such right

        Assert.Null(await AppRole.Apply(poor, "app", Cancellation));
    }

    [Fact]
    public async Task Apply_Again_TakesANewPasswordAndTheOldRights()
    {
        var again = await AppRole.Apply(_owner, "another", Cancellation);

        Assert.Equal(0L, await Query.Scalar(again!, "SELECT count(*) FROM reservation_events"));
    }
}
