using TravelHub.Client.Http;
using TravelHub.Lab.Experiments;

namespace TravelHub.Lab.Tests.Experiments;

public sealed class ScenarioFilesTests
{
    private const string Smallest = """
        {
          "id": "mine", "hypothesis": "It holds.", "load": { "kind": "customers" }, "seconds": 30, "trials": 3,
          "faults": [],
          "arms": [ { "name": "all" } ], "conditions": [ { "arm": "all", "metric": "lostAcknowledged", "atMost": 0 } ]
        }
        """;

    public static TheoryData<string> Known => [.. ScenarioFiles.Known];

    [Theory]
    [MemberData(nameof(Known))]
    public void Load_ComesWithTheLab_CanBeRun(string name) => Assert.Equal(name, ScenarioFiles.Load(name).Id);

    [Fact]
    public void Load_Examples_CanBeRun() => Assert.All(
        Directory.EnumerateFiles(Path.Combine(AppContext.BaseDirectory, "examples")), file => Assert.Equal(Path.GetFileNameWithoutExtension(file), ScenarioFiles.Load(file).Id));

    [Fact]
    public void Known_OfThePlan_AreThere() => Assert.All(["H1", "H2", "H3", "D", "A", "S", "P", "O"], name => Assert.Contains(name, ScenarioFiles.Known));

    [Fact]
    public void Parse_Smallest_HasTheDefaults()
    {
        var scenario = ScenarioFiles.Parse(Smallest, "mine");

        Assert.Equal((16, 50d, 0), (scenario.Load.Clients, scenario.Load.RatePerSecond, scenario.FaultsOf(scenario.Arms[0]).Count));
        Assert.Equal((30, 3), (scenario.LengthOf(isQuick: true), scenario.Trials));
    }

    [Theory]
    [InlineData("\"metric\": \"lostAcknowledged\"", "\"metric\": \"luck\"", "'luck' is not one of")]
    [InlineData("\"arm\": \"all\"", "\"arm\": \"none\"", "'none' is none of the arms")]
    [InlineData("\"name\": \"all\"", "\"name\": \"all\", \"without\": \"luck\"", "'luck' is not one of: durability")]
    [InlineData("\"seconds\": 30", "\"seconds\": 1", "seconds and quickSeconds: 2 to 86,400")]
    [InlineData("\"atMost\": 0", "\"atMost\": 0, \"atLeast\": 1", "either atMost or atLeast")]
    [InlineData("\"faults\": []", "\"faults\": [ { \"atSeconds\": 1, \"kind\": \"kill-silo\", \"silo\": 9 } ]", "faults[0].silo: 1 to 3")]
    [InlineData("\"faults\": []", "\"faults\": [ { \"atSeconds\": 1, \"kind\": \"flood\" } ]", "$.faults[0].kind, line 3: a kind is one of: kill-silo, kill-silos")]
    [InlineData("\"faults\": []", "\"faults\": [ { \"atSeconds\": 30, \"kind\": \"kill-silo\" } ]", "faults[0].atSeconds: 0 or more, and before the load ends, 30 s")]
    [InlineData("\"faults\": []", "\"faults\": [ { \"atSeconds\": 28, \"kind\": \"pause-silo\", \"forSeconds\": 5 } ]", "faults[0].forSeconds: it would outlast the load, which ends 30 s")]
    [InlineData("\"metric\": \"lostAcknowledged\"", "\"metric\": \"serverErrorShare\"", "'serverErrorShare' is not one of those of load.kind customers: acknowledged")]
    [InlineData("\"kind\": \"customers\"", "\"kind\": \"people\"", "a kind is one of: customers, payers")]
    [InlineData("\"id\": \"mine\",", "", "it is missing required properties including: 'id'")]
    [InlineData("\"faults\": []", "\"faults\": [ { \"atSeconds\": 1, \"kind\": \"analytics-dead\" } ]", "analytics-… go with load.kind pairs")]
    [InlineData("\"kind\": \"customers\"", "\"kind\": \"pairs\"", "each arm has one, analytics-dead")]
    [InlineData("{ \"kind\": \"customers\" }, \"seconds\": 30", "{ \"kind\": \"pairs\" }, \"seconds\": 41", "with load.kind pairs 40 at most")]
    [InlineData("\"kind\": \"customers\" }, \"seconds\": 30, \"trials\": 3,\n  \"faults\": []", "\"kind\": \"overload\" }, \"seconds\": 30, \"trials\": 3,\n  \"faults\": [ { \"atSeconds\": 1, \"kind\": \"kill-silo\" } ]", "none with load.kind overload")]
    [InlineData("\"kind\": \"customers\"", "\"kind\": \"replay\", \"file\": \"nowhere.csv\"", "nowhere.csv does not exist")]
    [InlineData("\"name\": \"all\"", "\"name\": \"all\", \"faults\": [ { \"atSeconds\": 1, \"kind\": \"kill-silo\", \"silo\": 9 } ]", "arms[0].faults[0].silo: 1 to 3")]
    [InlineData("\"trials\": 3", "\"trails\": 3", "trails")]
    public void Parse_Unusable_SaysWhatIsWrong(string right, string wrong, string words) =>
        Assert.Contains(words, Assert.Throws<InputException>(() => ScenarioFiles.Parse(Smallest.Replace(right, wrong, StringComparison.Ordinal), "mine")).Message, StringComparison.Ordinal);

    [Fact]
    public void FaultsOf_ArmWithFaultsOfItsOwn_AreThose()
    {
        var scenario = ScenarioFiles.Load("S");

        Assert.Equal(ScenarioFaultKind.KillSilo, Assert.Single(scenario.FaultsOf(scenario.Arms.Single(arm => arm.Name == "killed"))).Kind);
    }

    [Fact]
    public void Load_NoFile_NamesThoseThatThereAre() =>
        Assert.Contains("H1, H2, H3", Assert.Throws<InputException>(() => ScenarioFiles.Load("H9")).Message, StringComparison.Ordinal);
}
