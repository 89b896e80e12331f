using System.CommandLine;
using System.Security.Cryptography;
using System.Text.Json;
using TravelHub.Client.Http;

namespace TravelHub.Client.Keys;

/// <summary>The commands <c>keys …</c>: API keys, by HTTP and with an operator's key.</summary>
internal static class KeysCommand
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    // A key that is issued twice is one too many; a person can look and try again.
    private static readonly ClientOptions OneTry = new() { Patience = TimeSpan.Zero };

    public static Command Create() => new("keys", "Issues, lists, rotates and revokes API keys.") { Issue(), List(), Rotate(), Revoke() };

    private static Command Issue()
    {
        var owner = new Option<string>("--owner") { Description = "Whose reservations its holder sees.", Required = true };
        var role = new Option<string>("--role") { Description = "client, operator or researcher.", DefaultValueFactory = _ => "client" };
        var days = new Option<int?>("--days") { Description = "How long it is good; for ever if left out." };
        return Make(
            new Command("issue", "Issue a key. It is printed this once, and stored nowhere in clear.") { owner, role, days },
            async (client, parsed, cancellationToken) =>
            {
                var expiresAt = parsed.GetValue(days) is { } d ? TimeProvider.System.GetUtcNow().AddDays(Math.Min(d, 36_500)) : (DateTimeOffset?)null;
                var key = await client.IssueKey(parsed.GetRequiredValue(owner), parsed.GetRequiredValue(role), expiresAt, cancellationToken);
                return (key, KeysText.Of(key));
            });
    }

    private static Command List() => Make(
        new Command("list", "List the keys, newest first, without their secrets."),
        async (client, _, cancellationToken) =>
        {
            var keys = await client.ListKeys(cancellationToken);
            return (keys, KeysText.Of(keys));
        });

    private static Command Rotate()
    {
        var id = new Argument<string>("ID") { Description = "The key's id, as list shows it." };
        var grace = new Option<int?>("--grace-minutes") { Description = "How long the old key stays good; an hour if left out." };
        return Make(
            new Command("rotate", "Issue a key of the same owner and role in the place of one.") { id, grace },
            async (client, parsed, cancellationToken) =>
            {
                var key = await client.RotateKey(
                    parsed.GetRequiredValue(id), parsed.GetValue(grace) is { } minutes ? TimeSpan.FromMinutes(minutes) : null, cancellationToken);
                return (key, KeysText.Of(key));
            });
    }

    private static Command Revoke()
    {
        var id = new Argument<string>("ID") { Description = "The key's id, as list shows it." };
        return Make(
            new Command("revoke", "Revoke a key for good, at all gateways within 5 s.") { id },
            async (client, parsed, cancellationToken) =>
            {
                var key = parsed.GetRequiredValue(id);
                await client.RevokeKey(key, cancellationToken);
                return (new { id = key, status = "revoked" }, $"{key} is revoked.");
            });
    }

    private static Command Make(Command command, Func<TravelHubClient, ParseResult, CancellationToken, Task<(object Answer, string Text)>> run)
    {
        var json = new Option<bool>("--json") { Description = "Print JSON for other programs." };
        command.Options.Add(json);
        var target = new TargetOptions();
        target.AddOperator(command);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            try
            {
                var gateway = target.Resolve(parsed);
                var random = new Random(RandomNumberGenerator.GetInt32(int.MaxValue));
                using var client = new TravelHubClient(gateway.Url, gateway.OperatorKey, OneTry, TimeProvider.System, random);
                var (answer, text) = await run(client, parsed, cancellationToken);
                await parsed.InvocationConfiguration.Output.WriteLineAsync(parsed.GetValue(json) ? JsonSerializer.Serialize(answer, Json) : text);
                return 0;
            }
            catch (InputException e)
            {
                await parsed.InvocationConfiguration.Error.WriteLineAsync(e.Message);
                return InputException.ExitCode;
            }
            catch (TravelHubException e)
            {
                throw new CommandFailure(e.Message, e);
            }
        });
        return command;
    }
}
