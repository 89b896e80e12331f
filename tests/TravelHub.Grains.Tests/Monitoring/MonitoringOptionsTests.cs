using System.ComponentModel.DataAnnotations;
using TravelHub.Grains.Monitoring;

namespace TravelHub.Grains.Tests.Monitoring;

public sealed class MonitoringOptionsTests
{
    [Fact]
    public void Defaults_AreValidAndMeetTwoMinutes()
    {
        var options = new MonitoringOptions();

        Assert.Empty(Validate(options));
        Assert.True(options.StaleAfter + options.CheckPeriod <= TimeSpan.FromMinutes(2));
    }

    [Fact]
    public void Validate_StaleTooSoonForASlowAnswer_SaysWhichRule() =>
        Assert.Contains("StaleAfter must not be shorter", Assert.Single(Validate(new MonitoringOptions { StaleAfter = TimeSpan.FromSeconds(44) })).ErrorMessage, StringComparison.Ordinal);

    private static List<ValidationResult> Validate(MonitoringOptions options)
    {
        var results = new List<ValidationResult>();
        Validator.TryValidateObject(options, new ValidationContext(options), results, validateAllProperties: true);
        return results;
    }
}
