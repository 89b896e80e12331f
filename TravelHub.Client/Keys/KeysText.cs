using System.Globalization;
using TravelHub.Client.Http;

namespace TravelHub.Client.Keys;

/// <summary>Keys for people.</summary>
internal static class KeysText
{
    public static string Of(IssuedKey key) =>
        $"""
        {key.Key}
        This is the only time that it is shown. Its id is {key.Id}: {key.Role} {key.Owner}, {(key.ExpiresAt is { } at ? $"good until {Time(at)}" : "good until it is revoked")}.
        """;

    public static string Of(IReadOnlyList<KnownKey> keys)
    {
        if (keys.Count == 0)
            return "No key was ever issued; the development keys are those of travelhub status.";
        var owners = Math.Max("OWNER".Length, keys.Max(key => key.Owner.Length));
        return string.Join(Environment.NewLine,
        [
            Line("ID", "OWNER", "ROLE", "STATUS", "ISSUED (UTC)", "EXPIRES (UTC)", "BY"),
            .. keys.Select(key => Line(
                key.Id, key.Owner, key.Role, key.Status, Time(key.CreatedAt), key.ExpiresAt is { } at ? Time(at) : "never", key.CreatedBy)),
        ]);

        string Line(string id, string owner, string role, string status, string issued, string expires, string by) =>
            $"{id,-12}  {owner.PadRight(owners)}  {role,-10}  {status,-8}  {issued,-16}  {expires,-16}  {by}";
    }

    private static string Time(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);
}
