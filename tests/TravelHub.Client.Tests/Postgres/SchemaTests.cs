using TravelHub.Testing;
using DbUp.Engine;

using TravelHub.Client.Postgres;

namespace TravelHub.Client.Tests.Postgres;

public sealed class SchemaTests(PostgresFixture fixture)
{
    private static readonly SqlScript CreateTable = new("001_table.sql", "CREATE TABLE applied (at int); INSERT INTO applied VALUES (1);");

    private static readonly SqlScript CreateFunction = new(
        "002_function.sql",
        """
        -- Quoted twice, and with semicolons and a parameter-like @name inside.
        CREATE FUNCTION answer() RETURNS int LANGUAGE plpgsql AS $body$
        DECLARE result int := 40;
        BEGIN
            EXECUTE $$SELECT 2$$ INTO STRICT result;
            RETURN result + 40; -- @name
        END
        $body$;
        """);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Apply_TwiceAtOnce_AppliesOnce()
    {
        var database = await fixture.NewDatabase("applied_at_once", Cancellation);

        await Task.WhenAll(
            Schema.Apply(database, [CreateTable, CreateFunction], Cancellation),
            Schema.Apply(database, [CreateTable, CreateFunction], Cancellation));

        Assert.Equal(1L, await Query.Scalar(database, "SELECT count(*) FROM applied"));
        Assert.Equal(2L, await Query.Scalar(database, "SELECT count(*) FROM public.schema_versions"));
        Assert.Equal(42, await Query.Scalar(database, "SELECT answer()"));
    }

    [Fact]
    public async Task Apply_ScriptFails_LeavesNoTraceOfItAndKeepsThoseBefore()
    {
        var database = await fixture.NewDatabase("failing_script", Cancellation);
        var failing = new SqlScript("002_failing.sql", "CREATE TABLE half_done (); SELECT 1 / 0;");

        var failure = await Assert.ThrowsAsync<CommandFailure>(() => Schema.Apply(database, [CreateTable, failing], Cancellation));

        Assert.Contains("002_failing.sql", failure.Message, StringComparison.Ordinal);
        Assert.Equal(1L, await Query.Scalar(database, "SELECT count(*) FROM applied"));
        Assert.Equal(DBNull.Value, await Query.Scalar(database, "SELECT to_regclass('half_done')::text"));
    }

    [Fact]
    public async Task Apply_EmbeddedScripts_Succeeds()
    {
        var database = await fixture.NewDatabase("embedded_scripts", Cancellation);

        await Schema.Apply(database, Cancellation);
        await Schema.Apply(database, Cancellation);
    }

    [Fact]
    public async Task Create_AtOnce_BothSucceed() => await Task.WhenAll(
        fixture.NewDatabase("created_at_once", Cancellation), fixture.NewDatabase("created_at_once", Cancellation));
}
