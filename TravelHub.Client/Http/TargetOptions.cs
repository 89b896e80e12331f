using System.CommandLine;
using TravelHub.Client.Instances;

namespace TravelHub.Client.Http;

/// <summary>The options by which a command finds the TravelHub it speaks to. What stands on the command line wins over the folder.</summary>
internal sealed class TargetOptions
{
    private readonly Option<Uri?> _url = new("--url")
    {
        Description = "Where the gateway answers, in place of the folder's word.",
        CustomParser = result =>
        {
            if (Uri.TryCreate(result.Tokens[0].Value, UriKind.Absolute, out var url) && url.Scheme is "http" or "https")
                return url;
            result.AddError($"--url {result.Tokens[0].Value} is not an address such as http://127.0.0.1:8080.");
            return null;
        },
    };

    private readonly Option<string?> _clientKey = new("--client-key") { Description = "The key that books." };

    private readonly Option<string?> _operatorKey = new("--operator-key", "--key") { Description = "The key that writes the catalogue." };

    private readonly Option<string?> _connection = new("--connection")
    {
        Description = "The database's connection string, for the checks of the log.",
    };

    private readonly Option<string?> _providerStore = new("--provider-store")
    {
        Description = "The payment provider's SQLite file, for the checks of the charges.",
        HelpName = "FILE",
    };

    /// <summary>The options of a command that only writes the catalogue.</summary>
    public void AddOperator(Command command)
    {
        command.Options.Add(DataFolder.Option);
        command.Options.Add(_url);
        command.Options.Add(_operatorKey);
    }

    /// <summary>The options of a command that books too, and checks what was stored.</summary>
    public void AddAll(Command command)
    {
        AddOperator(command);
        command.Options.Add(_clientKey);
        command.Options.Add(_connection);
        command.Options.Add(_providerStore);
    }

    /// <exception cref="InputException">The address or the operator's key is nowhere to be found.</exception>
    public Target Resolve(ParseResult command)
    {
        var url = command.GetValue(_url);
        var operatorKey = command.GetValue(_operatorKey);
        var folder = DataFolder.Of(command);
        // Whoever names an address means another TravelHub than that of the folder, unless the folder is named too.
        var instance = url is null || command.GetResult(DataFolder.Option) is { Implicit: false } ? Instance.Load(folder) : null;
        url ??= instance?.Url;
        operatorKey ??= instance?.Keys.Operator;
        if (url is null || operatorKey is null)
            throw new InputException($"No TravelHub was ever started in {folder.Path}. Start one with 'up', or say where it is: --data DIR, or --url with the keys.");
        return new Target(
            url,
            command.GetValue(_clientKey) ?? instance?.Keys.Client ?? "",
            operatorKey,
            command.GetValue(_connection) ?? instance?.ConnectionString,
            command.GetValue(_providerStore) ?? (instance is null ? null : folder.PaymentsStore));
    }
}
