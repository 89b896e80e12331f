using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Orleans.Serialization;
using TravelHub.Api.Resilience;
using TravelHub.Grains.Abstractions;
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

    /// <summary>Its SQL state does not come through: one that goes down must not pass for a bug.</summary>
    [Fact]
    public void IsUnavailable_PostgreSqlGoesDown_IsNoAnswer()
    {
        var serializer = service.Gateway.GetRequiredService<Serializer>();

        var told = serializer.Deserialize<Exception>(serializer.SerializeToArray<Exception>(new PostgresException("no", "FATAL", "FATAL", "57P01")));

        Assert.True(ClusterFailure.IsUnavailable(told!), $"{told}");
    }

    [Fact]
    public void IsUnavailable_ErrorThatCouldNotBeSent_IsNoAnswer() => Assert.True(ClusterFailure.IsUnavailable(new CodecNotFoundException("no codec")));

    /// <summary>A read goes without; a write has been turned away, which is more than no answer.</summary>
    [Fact]
    public void IsNoAnswer_LogOverloaded_IsThoughItIsNotUnavailable() =>
        Assert.Equal((true, false), (ClusterFailure.IsNoAnswer(new LogOverloadedException()), ClusterFailure.IsUnavailable(new LogOverloadedException())));

    [Fact]
    public void IsUnavailable_Bug_IsNot() => Assert.False(ClusterFailure.IsUnavailable(new InvalidOperationException()));
}
