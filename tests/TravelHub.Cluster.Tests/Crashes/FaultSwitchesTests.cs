using TravelHub.Silo;

namespace TravelHub.Cluster.Tests.Crashes;

public sealed class FaultSwitchesTests
{
    [Fact]
    public void Build_FaultsInProduction_IsRefused() =>
        Assert.Contains("Production", Refusal("--environment=Production", "--Faults:Enabled=true", "--Faults:Failpoint=charge.before-call"));

    [Fact]
    public void Build_UnknownFailpoint_NamesThoseThatThereAre() =>
        Assert.Contains("confirmed-append.after-commit", Refusal("--environment=Testing", "--Faults:Enabled=true", "--Faults:Failpoint=anywhere"));

    [Fact]
    public void Build_PlantInProduction_IsRefused() =>
        Assert.Contains("Production", Refusal("--environment=Production", "--Faults:Enabled=true", "--Faults:Plant=missing-fence"));

    [Fact]
    public void Build_UnknownPlant_NamesThoseThatThereAre() =>
        Assert.Contains(
            "ack-before-effect, cursor-on-id-alone, hold-ended-by-inventory-clock, missing-fence",
            Refusal("--environment=Testing", "--Faults:Enabled=true", "--Faults:Plant=weeds"));

    [Fact]
    public void Build_TacticTakenAwayInProduction_IsRefused() =>
        Assert.Contains("Production", Refusal("--environment=Production", "--Faults:Enabled=true", "--Faults:Without=vote"));

    [Fact]
    public void Build_UnknownTactic_NamesThoseThatThereAre() =>
        Assert.Contains("not one of: durability, limits, resilience, vote", Refusal("--environment=Testing", "--Faults:Enabled=true", "--Faults:Without=luck"));

    [Fact]
    public async Task Build_FaultsNotEnabled_IgnoresTheFailpoint() =>
        await Build("--environment=Production", "--Faults:Failpoint=charge.before-call").DisposeAsync();

    private static string Refusal(params string[] settings) => Assert.Throws<InvalidOperationException>(() => Build(settings)).Message;

    private static Microsoft.AspNetCore.Builder.WebApplication Build(params string[] settings) =>
        SiloHost.Build(["--ConnectionStrings:TravelHub=Host=127.0.0.1;Database=none", .. settings]);
}
