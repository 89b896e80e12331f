using System.Globalization;
using Microsoft.Data.Sqlite;
using TravelHub.Grains.Abstractions;

namespace TravelHub.Api.Intake;

/// <summary>The rows of the intake's file.</summary>
internal sealed class IntakeRows(SqliteConnection connection, IntakeSeal seal)
{
    // An ended request may be sent again: the cluster knows whether it is a repeat.
    private const string KeepSql = """
        INSERT INTO requests (reservation, kind, request_key, owner, request_hash, command, stays, kept_at, reason)
        VALUES ($reservation, $kind, $key, $owner, $hash, $command, $stays, $kept_at, $reason)
        ON CONFLICT (reservation, owner, kind, request_key) DO UPDATE
        SET request_hash = excluded.request_hash, command = excluded.command, stays = excluded.stays,
            kept_at = excluded.kept_at, reason = excluded.reason, refusal_code = NULL, refusal_detail = NULL, ended_at = NULL
        WHERE requests.command IS NULL
        RETURNING number
        """;

    private const string SameSql = """
        SELECT request_hash = $hash FROM requests WHERE reservation = $reservation AND owner = $owner AND kind = $kind AND request_key = $key
        """;

    private const string DeliveredSql = "DELETE FROM requests WHERE number = $number";

    private const string RefusedSql = """
        UPDATE requests SET command = NULL, request_hash = '', refusal_code = $code, refusal_detail = $detail, ended_at = $ended_at WHERE number = $number
        """;

    // By when it was refused: what waited for long is told as long as anything else.
    private const string ForgetSql = "DELETE FROM requests WHERE command IS NULL AND coalesce(ended_at, kept_at) < $before";

    private const string OfSql = """
        SELECT number, reservation, kind, request_key, owner, request_hash, command, stays, kept_at, reason, refusal_code, refusal_detail
        FROM requests WHERE reservation = $reservation ORDER BY number
        """;

    private const string AllSql = "SELECT reservation, command IS NOT NULL FROM requests";

    /// <returns>Kept, known already, or another request under the same key.</returns>
    public KeepOutcome Keep(KeptRequest request)
    {
        using var keep = Command(KeepSql, request);
        keep.Parameters.AddWithValue("$command", seal.Close(request.Command!));
        keep.Parameters.AddWithValue("$stays", (object?)request.Stays ?? DBNull.Value);
        keep.Parameters.AddWithValue("$kept_at", Text(request.KeptAt));
        keep.Parameters.AddWithValue("$reason", request.Reason);
        if (keep.ExecuteScalar() is not null)
            return KeepOutcome.Kept;
        using var same = Command(SameSql, request);
        return Convert.ToInt64(same.ExecuteScalar(), CultureInfo.InvariantCulture) == 1 ? KeepOutcome.KeptBefore : KeepOutcome.OtherRequest;
    }

    public void End(KeptRequest request, Refusal? refusal, DateTimeOffset at)
    {
        using var command = connection.CreateCommand();
        command.CommandText = refusal is null ? DeliveredSql : RefusedSql;
        command.Parameters.AddWithValue("$number", request.Number);
        if (refusal is not null)
        {
            command.Parameters.AddWithValue("$code", refusal.Code);
            command.Parameters.AddWithValue("$detail", refusal.Detail);
            command.Parameters.AddWithValue("$ended_at", Text(at));
        }

        command.ExecuteNonQuery();
    }

    public void ForgetRefused(DateTimeOffset before)
    {
        using var command = connection.CreateCommand();
        command.CommandText = ForgetSql;
        command.Parameters.AddWithValue("$before", Text(before));
        command.ExecuteNonQuery();
    }

    public IReadOnlyList<KeptRequest> Of(Guid reservation)
    {
        using var command = connection.CreateCommand();
        command.CommandText = OfSql;
        command.Parameters.AddWithValue("$reservation", $"{reservation:D}");
        using var rows = command.ExecuteReader();
        var found = new List<KeptRequest>();
        while (rows.Read())
        {
            found.Add(new KeptRequest(
                rows.GetInt64(0), Guid.Parse(rows.GetString(1)), Enum.Parse<KeptKind>(rows.GetString(2)), rows.GetString(3), rows.GetString(4),
                rows.GetString(5), rows.IsDBNull(6) ? null : seal.Open((byte[])rows.GetValue(6)), rows.IsDBNull(7) ? null : rows.GetString(7),
                DateTimeOffset.Parse(rows.GetString(8), CultureInfo.InvariantCulture), rows.GetString(9),
                rows.IsDBNull(10) ? null : new Refusal(rows.GetString(10), rows.GetString(11))));
        }

        return found;
    }

    /// <summary>The reservation of each row, and whether it waits.</summary>
    public IReadOnlyList<(Guid Reservation, bool IsWaiting)> All()
    {
        using var command = connection.CreateCommand();
        command.CommandText = AllSql;
        using var rows = command.ExecuteReader();
        var found = new List<(Guid, bool)>();
        while (rows.Read())
            found.Add((Guid.Parse(rows.GetString(0)), rows.GetInt64(1) == 1));
        return found;
    }

    public void Transact(string verb)
    {
        using var command = connection.CreateCommand();
        command.CommandText = verb;
        command.ExecuteNonQuery();
    }

    private SqliteCommand Command(string sql, KeptRequest request)
    {
        var command = connection.CreateCommand();
        command.CommandText = sql;
        command.Parameters.AddWithValue("$reservation", $"{request.Reservation:D}");
        command.Parameters.AddWithValue("$kind", $"{request.Kind}");
        command.Parameters.AddWithValue("$key", request.Key);
        command.Parameters.AddWithValue("$owner", request.Owner);
        command.Parameters.AddWithValue("$hash", request.Hash);
        return command;
    }

    private static string Text(DateTimeOffset at) => at.UtcDateTime.ToString("O", CultureInfo.InvariantCulture);
}

/// <summary>What became of a request to keep something.</summary>
internal enum KeepOutcome
{
    Kept,
    KeptBefore,
    OtherRequest,
}
