using System.CommandLine;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using TravelHub.Client.Http;

namespace TravelHub.Client.Operations;

/// <summary>What the operator's commands have in common: where the gateway is, how rows are printed, how a command ends.</summary>
internal sealed class OperatorCommand
{
    /// <summary>As asked for, and nothing is wrong.</summary>
    public const int Ok = 0;

    /// <summary>It was refused, or the gateway did not answer, or what was looked at is not well.</summary>
    public const int Failed = 1;

    /// <summary>What was asked for is on its way and was not seen done in time.</summary>
    public const int UnderWay = 4;

    private const string ExitCodes = "Exit code 1: refused, no answer, or something is not well; 2: unusable input; 4: on its way, and not seen done in time.";

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    private static readonly JsonSerializerOptions Json = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly Option<bool> _json = new("--json") { Description = "Print JSON for other programs: rows with their name and status." };
    private readonly TargetOptions _target = new();

    private OperatorCommand(string name, string description)
    {
        Command = new Command(name, $"{description} {ExitCodes}");
        Command.Options.Add(_json);
        _target.AddOperator(Command);
    }

    public Command Command { get; }

    /// <summary>A command that lists something.</summary>
    /// <param name="rows">Reads the rows; each has <c>name</c> and <c>status</c>.</param>
    /// <param name="columns">Titles, and how a row's cell reads.</param>
    /// <param name="isWell">Whether a row is as it should be.</param>
    public static Command List(
        string name, string description, Func<OperatorGateway, CancellationToken, Task<IReadOnlyList<JsonObject>>> rows, Func<JsonObject, bool> isWell,
        params (string Title, Func<JsonObject, string> Cell)[] columns)
    {
        var made = new OperatorCommand(name, description);
        made.Command.SetAction((parsed, cancellationToken) => made.Run(parsed, async gateway =>
        {
            var all = await rows(gateway, cancellationToken);
            parsed.InvocationConfiguration.Output.WriteLine(
                parsed.GetValue(made._json) ? new JsonArray([.. all.Select(row => row.DeepClone())]).ToJsonString(Json) : RowTable.Of(all, columns));
            return all.All(isWell) ? Ok : Failed;
        }));
        return made.Command;
    }

    /// <summary>A command that has something done.</summary>
    /// <param name="path">The route, from the arguments' values.</param>
    /// <param name="sentence">What to tell of the answer.</param>
    public static Command Do(
        string name, string description, IReadOnlyList<Argument<string>> arguments, Func<IReadOnlyList<string>, string> path, Func<JsonObject, string> sentence)
    {
        var made = new OperatorCommand(name, description);
        foreach (var argument in arguments)
            made.Command.Arguments.Add(argument);
        made.Command.SetAction((parsed, cancellationToken) => made.Run(parsed, async gateway =>
        {
            var (body, isDone) = await gateway.Post(path([.. arguments.Select(a => Uri.EscapeDataString(parsed.GetRequiredValue(a)))]), cancellationToken);
            parsed.InvocationConfiguration.Output.WriteLine(parsed.GetValue(made._json) ? body.ToJsonString(Json) : sentence(body));
            return isDone ? Ok : UnderWay;
        }));
        return made.Command;
    }

    private async Task<int> Run(ParseResult parsed, Func<OperatorGateway, Task<int>> work)
    {
        try
        {
            var target = _target.Resolve(parsed);
            using var gateway = new OperatorGateway(target.Url, target.OperatorKey, Patience);
            return await work(gateway);
        }
        catch (InputException e)
        {
            await parsed.InvocationConfiguration.Error.WriteLineAsync(e.Message);
            return InputException.ExitCode;
        }
        catch (TravelHubException e)
        {
            await parsed.InvocationConfiguration.Error.WriteLineAsync(e.Message);
            return Failed;
        }
    }
}
