using System.Net;
using TravelHub.Grains.Reservations;

namespace TravelHub.Grains.Tests.Reservations;

public sealed class HomeDirectorTests
{
    private static readonly SiloAddress[] Silos = [.. Enumerable.Range(1, 4).Select(i => SiloAddress.New(new IPEndPoint(IPAddress.Loopback, 20_000 + i), i))];

    private static readonly uint[] Ids = [.. Enumerable.Range(0, 6_000).Select(i => (uint)i * 7_919)];

    [Fact]
    public void Home_AnyOrderOfSilos_IsTheSame() =>
        Assert.All(Ids, id => Assert.Equal(HomeDirector.Home(id, Silos), HomeDirector.Home(id, Silos.Reverse().ToArray())));

    [Fact]
    public void Home_ManyIds_AreSharedOutEvenly()
    {
        var perSilo = Ids.CountBy(id => HomeDirector.Home(id, Silos.AsSpan(0, 3))).Select(c => c.Value).ToArray();

        Assert.Equal(3, perSilo.Length);
        Assert.All(perSilo, count => Assert.InRange(count, 1_700, 2_300));
    }

    [Fact]
    public void Home_SiloComesOrGoes_OnlyItsOwnMove() => Assert.All(Ids, id =>
    {
        var before = HomeDirector.Home(id, Silos);
        if (before != Silos[3])
            Assert.Equal(before, HomeDirector.Home(id, Silos.AsSpan(0, 3)));
    });
}
