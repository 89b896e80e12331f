using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;

namespace TravelHub.Client.Operations;

/// <summary>The commands with which an operator looks at the running cluster and acts on it.</summary>
internal static class OperatorCommands
{
    private const double Mebibyte = 1 << 20;

    public static Command Silos()
    {
        var name = new Argument<string>("NAME") { Description = "The silo's name, such as silo-2." };
        var list = OperatorCommand.List(
            "silos", "List the silos with their load and the payment replicas on each.", Rows("/v1/cluster"), IsWell,
            ("NAME", row => row.Text("name")), ("STATUS", SiloStatus),
            ("ACTIVATIONS", row => row.Text("activations")), ("CPU %", row => row.Text("cpuPercent")), ("MEMORY MiB", row => Mebibytes(row["memoryBytes"])),
            ("UP FOR", row => row.Text("status") == "Active" ? row["startedAt"].Age(AsOf(row)) : "-"), ("REPLICAS", row => row.Text("replicas")));
        list.Subcommands.Add(OperatorCommand.Do(
            "deactivate", "Have a silo stop in order and stay away; returns when it is gone.", [name], a => $"/v1/cluster/silos/{a[0]}/deactivation", SiloSentence));
        list.Subcommands.Add(OperatorCommand.Do(
            "restart", "Have a silo run again, whether it runs or was taken away; returns when it does.", [name], a => $"/v1/cluster/silos/{a[0]}/restart", SiloSentence));
        return list;
    }

    /// <summary>Whether a silo is as it should be. One that is not active, and of which nobody can tell whether it was taken away, is not.</summary>
    public static bool IsWell(JsonObject silo) => silo.Text("status") == "Active" || (bool?)silo["isAway"] == true;

    /// <summary>A silo's status as it is printed.</summary>
    public static string SiloStatus(JsonObject silo) => silo.Text("status") + (bool?)silo["isAway"] switch
    {
        true => " (taken away)",
        false => "",
        null => " (taken away or not: not known now)",
    };

    public static Command Grains()
    {
        var list = OperatorCommand.List(
            "grains", "List how many grains of each class are in memory, and where.", async (gateway, cancellationToken) =>
            {
                var rows = await Rows("/v1/cluster/grains")(gateway, cancellationToken);
                foreach (var row in rows)
                    row["status"] = "active";
                return rows;
            },
            _ => true, ("NAME", row => row.Text("name")), ("SILO", row => row.Text("silo")), ("ACTIVATIONS", row => row.Text("activations")));
        list.Subcommands.Add(OperatorCommand.Do(
            "deactivate", "Have one grain leave memory; it comes back with the next call, from what is stored.",
            [
                new Argument<string>("TYPE") { Description = "reservation, inventory, property, replica, monitor …" },
                new Argument<string>("KEY") { Description = "An id, a number, or a name such as PROPERTY/ROOMTYPE." },
            ],
            a => $"/v1/cluster/grains/{a[0]}/{a[1]}/deactivation",
            GrainSentence));
        return list;
    }

    /// <summary>What is told of a grain that was to leave memory. One of which it can't be known where it was is not said to have been nowhere.</summary>
    public static string GrainSentence(JsonObject body)
    {
        var asBefore = body.Text("status") == "inactive" && (bool?)body["wasActive"] == false ? ", as it was before" : "";
        return $"{body.Text("type")} {body.Text("key")} is {body.Text("status")}{asBefore}.";
    }

    public static Command Monitor() => OperatorCommand.List(
        "monitor", "List the components as each detector sees them.", Rows("/v1/monitoring/components"), row => row.Text("status") != "dead",
        ("NAME", row => row.Text("name")), ("STATUS", row => row.Text("status")), ("HEARTBEAT", row => Belief(row, "heartbeat")),
        ("LAST BEAT", row => row["heartbeat"]!["lastSeen"].Age(AsOf(row))), ("PING", row => Belief(row, "ping")),
        ("LAST ECHO", row => row["ping"]!["lastSeen"].Age(AsOf(row))), ("MEMBERSHIP", row => Belief(row, "membership")));

    public static Command Replicas()
    {
        Argument<string>[] which =
        [
            new("GROUP") { Description = "The group's number, from 0." }, new("N") { Description = "The replica's number, 1 to 5." },
        ];
        static string Sentence(JsonObject body) => $"Replica {body.Text("name")} is {body.Text("status")}.";
        var list = OperatorCommand.List(
            "replicas", "List the payment replicas.", Rows("/v1/payments/replicas"), row => row.Text("status") == "voting",
            ("NAME", row => row.Text("name")), ("STATUS", row => row.Text("status")), ("SILO", row => row.Text("silo")), ("WHY", row => row.Text("why")),
            ("PROOF", row => row.Text("status") == "voting" ? "-" : $"{row.Text("matchingInARow")} of {row.Text("matchingNeeded")}"));
        list.Subcommands.Add(OperatorCommand.Do(
            "quarantine", "Take a replica's vote away.", which, a => $"/v1/payments/replicas/{a[0]}/{a[1]}/quarantine", Sentence));
        list.Subcommands.Add(OperatorCommand.Do(
            "reinstate", "Give a replica its vote back, proved or not.", which, a => $"/v1/payments/replicas/{a[0]}/{a[1]}/reinstatement", Sentence));
        return list;
    }

    public static Command Breakers() => OperatorCommand.List(
        "breakers", "List the gateway's breakers.", async (gateway, cancellationToken) =>
        {
            var answer = await gateway.Get("/v1/resilience", cancellationToken);
            var rows = Objects(answer["dependencies"]);
            foreach (var row in rows)
                row["status"] = row["breaker"]!["state"]!.DeepClone();
            return rows;
        },
        row => row.Text("status") == "closed", ("NAME", row => row.Text("name")), ("STATUS", row => row.Text("status")),
        ("FAILURES IN A ROW", row => row["breaker"]!.AsObject().Text("consecutiveFailures")), ("FAILED", row => row["breaker"]!.AsObject().Text("failed")),
        ("SPARED", row => row["breaker"]!.AsObject().Text("rejected")));

    /// <summary>A reader that is more than a minute behind is not well.</summary>
    public static Command LogLag() => OperatorCommand.List(
        "lag", "List the readers of the log and how far they are behind it; a minute is too far.", async (gateway, cancellationToken) =>
        {
            var answer = await gateway.Get("/v1/log/lag", cancellationToken);
            var rows = Objects(answer["readers"]);
            foreach (var row in rows)
                row["status"] = row["seconds"]!.GetValue<double>() > 60 ? "behind" : "current";
            return rows;
        },
        row => row.Text("status") == "current", ("NAME", row => row.Text("name")), ("STATUS", row => row.Text("status")),
        ("EVENTS", row => row.Text("events")), ("SECONDS", row => row.Text("seconds")));

    private static Func<OperatorGateway, CancellationToken, Task<IReadOnlyList<JsonObject>>> Rows(string path) => async (gateway, cancellationToken) =>
    {
        var answer = await gateway.Get(path, cancellationToken);
        var rows = Objects(answer["data"]);
        if (answer["asOf"] is { } asOf)
        {
            foreach (var row in rows)
                row["asOf"] = asOf.DeepClone();
        }

        return rows;
    };

    private static IReadOnlyList<JsonObject> Objects(JsonNode? list) => [.. list!.AsArray().Select(row => row!.AsObject())];

    private static DateTimeOffset AsOf(JsonObject row) => row["asOf"]!.GetValue<DateTimeOffset>();

    private static string Belief(JsonObject row, string detector) => row[detector]!["status"]!.GetValue<string>();

    private static string Mebibytes(JsonNode? bytes) => bytes is null ? "-" : (bytes.GetValue<double>() / Mebibyte).ToString("#,0", CultureInfo.InvariantCulture);

    private static string SiloSentence(JsonObject body) => body["isDone"]!.GetValue<bool>()
        ? $"{body.Text("name")} is {body.Text("status")}, after {body.Text("seconds")} s."
        : $"{body.Text("name")} has been told and is {body.Text("status")} after {body.Text("seconds")} s; look again with: travelhub silos";
}
