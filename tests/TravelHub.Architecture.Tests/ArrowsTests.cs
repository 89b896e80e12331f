using System.Reflection;
using NetArchTest.Rules;

namespace TravelHub.Architecture.Tests;

/// <summary>The arrows of the plan: Api and Grains know the contracts, only the silo knows the grains, the client knows nothing of ours.</summary>
public sealed class ArrowsTests
{
    [Theory]
    [InlineData("TravelHub.Grains.Abstractions")]
    [InlineData("TravelHub.Grains", "TravelHub.Grains.Abstractions")]
    [InlineData("TravelHub.Silo", "TravelHub.Grains", "TravelHub.Grains.Abstractions")]
    [InlineData("TravelHub.Api", "TravelHub.Grains.Abstractions")]
    [InlineData("travelhub")]
    public void References_OfAProject_AreThoseOfThePlan(string assembly, params string[] allowed)
    {
        var references = Assembly.Load(assembly).GetReferencedAssemblies().Select(r => r.Name!)
            .Where(name => name.StartsWith("TravelHub", StringComparison.OrdinalIgnoreCase));

        Assert.Empty(references.Except(allowed));
    }

    /// <summary>Engines that shared code would share its faults, and a fault of three of the five has a majority.</summary>
    [Fact]
    public void PriceEngines_AmongEachOther_ShareNothingButTheirInput()
    {
        const string Engines = "TravelHub.Grains.Payments.Engines";
        string[] shared = [$"{Engines}.IPriceEngine", $"{Engines}.PriceAnswer"];
        var grains = Assembly.Load("TravelHub.Grains");
        var ours = grains.GetTypes().Select(t => t.FullName!).Where(name => !name.Contains('<', StringComparison.Ordinal)).ToArray();
        var engines = grains.GetTypes().Where(t => t.Namespace == Engines && t.GetInterface("IPriceEngine") is not null).Select(t => t.FullName!).ToArray();

        Assert.Equal(3, engines.Length);
        Assert.Single(Types.InAssembly(grains).That().HaveName("PriceRules").And().HaveDependencyOnAny(engines).GetTypes());   // such a look does find
        Assert.All(engines, engine =>
        {
            var others = ours.Except(shared).Where(name => !name.StartsWith(engine, StringComparison.Ordinal)).ToArray();
            Assert.Empty(Types.InAssembly(grains).That().HaveName(engine[(Engines.Length + 1)..]).And().HaveDependencyOnAny(others).GetTypes());
        });
    }

    /// <summary>What makes a silo die stands around the rooms; none of them knows of it.</summary>
    [Theory]
    [InlineData("TravelHub.Grains", "TravelHub.Grains.Faults")]
    [InlineData("TravelHub.Silo", "TravelHub.Silo.FaultSwitches")]
    public void Faults_InAnAssembly_AreKnownOnlyToTheirSwitch(string assembly, string allowed)
    {
        var knowing = Types.InAssembly(Assembly.Load(assembly)).That().HaveDependencyOn("TravelHub.Grains.Faults").GetTypes()
            .Where(t => t.Namespace?.StartsWith("OrleansCodeGen", StringComparison.Ordinal) != true);   // what the compiler makes of the contracts

        Assert.NotEmpty(knowing);
        Assert.All(knowing, t => Assert.StartsWith(allowed, t.FullName));
    }

    /// <summary>Bugs for the lab to find are in a build with <c>Mutants=true</c>, and in no other.</summary>
    [Theory]
    [InlineData("TravelHub.Grains")]
    [InlineData("TravelHub.Silo")]
    [InlineData("TravelHub.Api")]
    public void Mutants_InAnAssembly_AreNotThere(string assembly)
    {
        var types = Assembly.Load(assembly).GetTypes();

        Assert.Contains(types, t => t.FullName!.Contains("Fault", StringComparison.Ordinal));   // such a look does find
        Assert.DoesNotContain(types, t => t.FullName!.Contains("Mutant", StringComparison.Ordinal));
    }
}
