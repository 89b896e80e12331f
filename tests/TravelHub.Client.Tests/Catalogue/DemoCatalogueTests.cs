using System.Security.Cryptography;
using System.Text;
using TravelHub.Client.Catalogue;

namespace TravelHub.Client.Tests.Catalogue;

public sealed class DemoCatalogueTests
{
    [Fact]
    public void Create_AnyDay_IsTheSameToTheByte()
    {
        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(CatalogueFile.Write(DemoCatalogue.Create()))));

        Assert.Equal("d35c8d328944c654b6065c2af860ea2074b5e227cbe8bdada80b6cd4622af5b5", hash);
    }

    [Fact]
    public void Create_Catalogue_IsAsLargeAsPromisedAndWithinTheLimits()
    {
        var entries = DemoCatalogue.Create();

        Assert.Equal(50, entries.Select(entry => entry.Property.Destination).Distinct().Count());
        Assert.Equal(250, entries.Select(entry => entry.Id).Distinct().Count());
        Assert.Equal(250, entries.Select(entry => entry.Property.Name).Distinct().Count());
        Assert.InRange(entries.Sum(entry => entry.Property.RoomTypes.Count), 950, 1050);
        foreach (var (id, property) in entries)
        {
            Assert.Matches("^[a-z0-9-]{1,64}$", id);
            Assert.Matches("^[a-z0-9-]{1,64}$", property.Destination);
            Assert.NotNull(TimeZoneInfo.FindSystemTimeZoneById(property.TimeZone));
            Assert.Matches("^[A-Z]{3}$", property.Currency);
            Assert.InRange(property.BookableDaysAhead, 1, 3650);
            Assert.InRange(property.TaxBasisPoints, 0, 10_000);
            Assert.InRange(property.Policy.FreeUntilDaysBefore, 0, 365);
            Assert.InRange(property.Policy.LateRefundPercent, 0, 100);
            Assert.Equal(property.RoomTypes.Count, property.RoomTypes.Select(type => type.Code).Distinct().Count());
            Assert.All(property.RoomTypes, type =>
            {
                Assert.InRange(type.Rooms, 2, 40);
                Assert.InRange(type.NightlyMinor, 1_000, 2_000_000);
                Assert.InRange(type.Seasons!.Count, 1, 100);
                Assert.All(type.Seasons!, season => Assert.True(season.From < season.Until && season.NightlyMinor > 0));
            });
        }
    }
}
