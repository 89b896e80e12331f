using System.Net;
using TravelHub.Client.Http;
using TravelHub.Lab.Workload;

namespace TravelHub.Lab.Tests.Workload;

public sealed class ReplyTests
{
    private const string Reservation = """{"id":"11111111-0000-0000-0000-000000000000","status":"STATUS","version":3,"total":{"amountMinor":5,"currency":"EUR"}}""";

    [Theory]
    [InlineData(500)]
    [InlineData(503)]
    [InlineData(504)]
    [InlineData(429)]
    public void Of_ServerCannotSay_IsUnknown(int status) => Assert.Null(Reply.Of(Answer(status, """{"code":"unavailable"}""")));

    [Fact]
    public void Of_Created_IsTheReservation()
    {
        var reply = Reply.Of(Answer(201, Reservation.Replace("STATUS", "confirmed", StringComparison.Ordinal)))!;

        Assert.True(reply.IsSuccess);
        Assert.Equal(("confirmed", 3, 5), (reply.State, reply.Reservation!.Version, reply.Reservation.Total!.Value.AmountMinor));
    }

    [Fact]
    public void Of_Accepted_IsUnderWay() => Assert.True(Reply.Of(Answer(202, Reservation.Replace("STATUS", "pending", StringComparison.Ordinal)))!.IsUnderWay);

    [Fact]
    public void Of_SoldOut_CarriesItsReservation()
    {
        var reply = Reply.Of(Answer(409, $$"""{"code":"sold-out","reservation":{{Reservation.Replace("STATUS", "sold-out", StringComparison.Ordinal)}}}"""))!;

        Assert.Equal((false, "sold-out", true), (reply.IsSuccess, reply.State, reply.Reservation is not null));
    }

    [Fact]
    public void Of_Refused_IsItsCode() => Assert.Equal("not-payable", Reply.Of(Answer(409, """{"code":"not-payable"}"""))!.State);

    [Fact]
    public void Of_BadRequest_IsTheLabsMistake() => Assert.Throws<InvalidOperationException>(() => Reply.Of(Answer(400, """{"code":"bad"}""")));

    private static Answer Answer(int status, string body) => new((HttpStatusCode)status, body, Location: null, RetryAfter: null);
}
