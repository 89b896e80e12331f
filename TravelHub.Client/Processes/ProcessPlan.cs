using System.Security.Cryptography;
using System.Text;

namespace TravelHub.Client.Processes;

/// <summary>How one of an instance's processes is started, each time.</summary>
/// <param name="Name">Its name within the instance, such as <c>silo-1</c>.</param>
/// <param name="Program">The path of the program.</param>
/// <param name="Arguments">Its arguments; others can read them, so they hold no secrets.</param>
/// <param name="Environment">Variables beside those of this process; secrets go here.</param>
/// <param name="LogPath">The file that gets what it prints.</param>
/// <param name="Ports">What it listens on, by purpose.</param>
internal sealed record ProcessPlan(
    string Name,
    string Program,
    IReadOnlyList<string> Arguments,
    IReadOnlyDictionary<string, string> Environment,
    string LogPath,
    IReadOnlyDictionary<string, int> Ports)
{
    /// <summary>Equal for plans that start the same thing; tells whether a process that runs already is what the plan wants.</summary>
    public string Fingerprint
    {
        get
        {
            var variables = Environment.Select(variable => $"{variable.Key}={variable.Value}").Order(StringComparer.Ordinal);
            var text = string.Join('\n', [Program, .. Arguments, .. variables]);
            return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
        }
    }
}
