using System.CommandLine;
using System.Globalization;
using System.Net.Http.Json;
using TravelHub.Benchmarks.Bookings;
using TravelHub.Load.Sending;
using TravelHub.Testing;

namespace TravelHub.Api.Tests.Benchmarks;

/// <summary>The short form of the benchmark <c>bookings</c>, at a gateway with its cluster in this process.</summary>
public sealed class BookingsRunTests(GatewayFixture service)
{
    private const int RoomTypes = 2;

    [Fact]
    public async Task Run_EachLoad_IsARowOfItsBookingsAndOfTheProcessorTimeTheyTook()
    {
        for (var number = 1; number <= RoomTypes; number++)
            await PutBenchProperty(number);
        using var sender = new GatewaySender(service.Client.BaseAddress!, service.Client.DefaultRequestHeaders.Authorization!.Parameter!);
        var output = new StringWriter();

        await new BookingsRun(sender, new ProcessorTimes([("gateway", Environment.ProcessId)]), RoomTypes, output, TimeProvider.System).Run(
            [.. new[] { "closed:2", "hot:2", "open:20" }.Select(load => BookingsLoad.Read(load)!)], TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(1),
            TestContext.Current.CancellationToken);

        var lines = output.ToString().Split(Environment.NewLine, StringSplitOptions.RemoveEmptyEntries);
        Assert.StartsWith("Warm after 1 s: ", lines[0], StringComparison.Ordinal);
        Assert.Equal(["load", "a", "second", "p50", "ms", "p99", "ms", "others", "gateway", "all", "load"], lines[2].Split(' ', StringSplitOptions.RemoveEmptyEntries));
        var rows = lines[3..].Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries)).ToArray();
        Assert.Equal(["closed:2", "hot:2", "open:20"], rows.Select(row => row[0]));
        Assert.All(rows, row =>
        {
            Assert.All(row[1..4], figure => Assert.True(Number(figure) > 0, string.Join(' ', row)));
            Assert.True(Number(row[5]) > 0, string.Join(' ', row));   // what this process used
        });
    }

    [Theory]
    [InlineData("closed:64", "closed:64")]
    [InlineData("hot:1", "hot:1")]
    [InlineData("open:0.5", null)]
    [InlineData("open:2.5", "open:2.5")]
    [InlineData("closed:1.5", null)]
    [InlineData("closed:0", null)]
    [InlineData("cold:1", null)]
    [InlineData("closed", null)]
    public void Read_Text_IsTheLoadOrNone(string text, string? name) => Assert.Equal(name, BookingsLoad.Read(text)?.Name);

    [Fact]
    public async Task Invoke_NoLoad_SaysWhatALoadLooksLike()
    {
        var error = new StringWriter();

        var exit = await BookingsCommand.Create().Parse(["--load", "fast"]).InvokeAsync(
            new InvocationConfiguration { Output = TextWriter.Null, Error = error }, TestContext.Current.CancellationToken);

        Assert.NotEqual(0, exit);
        Assert.Contains("'fast' is no load; give closed:CLIENTS", error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Invoke_NothingRunsInTheFolder_SaysHowToStartIt()
    {
        using var folder = new TemporaryFolder();
        var error = new StringWriter();

        var exit = await BookingsCommand.Create().Parse(["--data", folder.In("none")]).InvokeAsync(
            new InvocationConfiguration { Output = TextWriter.Null, Error = error }, TestContext.Current.CancellationToken);

        Assert.Equal(2, exit);
        Assert.Contains("Start it with: travelhub up --data", error.ToString(), StringComparison.Ordinal);
    }

    private static double Number(string figure) => double.Parse(figure, CultureInfo.InvariantCulture);

    private async Task PutBenchProperty(int number)
    {
        using var answer = await service.Operator.PutAsJsonAsync($"/v1/properties/bench-{number}", new
        {
            name = $"Bench {number}", destination = $"dest-{number}", timeZone = "UTC", currency = "EUR", bookableDaysAhead = 3_650,
            roomTypes = new[] { new { code = "STD", sleeps = 2, rooms = 100_000, nightlyMinor = 12_000 } },
        }, TestContext.Current.CancellationToken);
        answer.EnsureSuccessStatusCode();
    }
}
