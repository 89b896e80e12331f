using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Orleans.Serialization;
using TravelHub.Api.Resilience;
using TravelHub.Testing;

namespace TravelHub.Api.Tests.Resilience;

public sealed class ClusterFailureTests(GatewayFixture service)
{
    /// <summary>As a silo throws it whose database is away.</summary>
    [Fact]
    public void IsUnavailable_ErrorOfTheDatabase_ComesThroughAsWhatItIs()
    {
        var serializer = service.Gateway.GetRequiredService<Serializer>();
        var thrown = new NpgsqlException("Exception while reading from stream", new IOException("Connection reset by peer"));

        var told = serializer.Deserialize<Exception>(serializer.SerializeToArray<Exception>(thrown));

        Assert.Equal(thrown.Message, Assert.IsType<NpgsqlException>(told).Message);
        Assert.True(ClusterFailure.IsUnavailable(told));
    }

    /// <summary>What PostgreSQL refuses once it refuses for ever; what keeps it from answering passes.</summary>
    [Theory]
    [InlineData("22021", false)]   // a character that it does not take
    [InlineData("57P01", true)]    // it is going down
    [InlineData("53300", true)]    // too many connections
    public void IsUnavailable_PostgreSqlSaysNo_OnlyIfThatPasses(string state, bool isUnavailable) =>
        Assert.Equal(isUnavailable, ClusterFailure.IsUnavailable(new PostgresException("no", "ERROR", "ERROR", state)));

    [Fact]
    public void IsUnavailable_ErrorThatCouldNotBeSent_IsNoAnswer() => Assert.True(ClusterFailure.IsUnavailable(new CodecNotFoundException("no codec")));

    [Fact]
    public void IsUnavailable_Bug_IsNot() => Assert.False(ClusterFailure.IsUnavailable(new InvalidOperationException()));
}
