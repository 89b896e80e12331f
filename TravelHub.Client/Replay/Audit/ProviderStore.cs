using Microsoft.Data.Sqlite;

namespace TravelHub.Client.Replay.Audit;

/// <summary>A charge as the payment provider has it.</summary>
/// <param name="RefundedMinor">The sum of its refunds.</param>
internal sealed record ProviderCharge(Guid Reservation, string ChargeId, string Status, long? AmountMinor, string? Currency, long RefundedMinor)
{
    public bool IsCaptured => Status == "captured";
}

/// <summary>Reads the payment provider's own store, because only it knows what was really charged.</summary>
internal sealed class ProviderStore(string path)
{
    private const string Sql = """
        SELECT reference, charge_id, status, amount_minor, currency,
            (SELECT coalesce(sum(amount_minor), 0) FROM refunds WHERE refunds.charge_id = charges.charge_id)
        FROM charges
        """;

    private const string OfReservation = " WHERE reference = $reference";

    /// <returns>All charges of these reservations, also those that failed.</returns>
    public IReadOnlyList<ProviderCharge> Charges(IEnumerable<Guid> reservations)
    {
        using var connection = Open();
        // One state of the store for all of them.
        using var transaction = connection.BeginTransaction(deferred: true);
        using var command = connection.CreateCommand();
        command.CommandText = Sql + OfReservation;
        command.Transaction = transaction;
        var reference = command.Parameters.Add("$reference", SqliteType.Text);
        var charges = new List<ProviderCharge>();
        foreach (var reservation in reservations)
        {
            reference.Value = reservation.ToString("D");
            charges.AddRange(Read(command));
        }

        return charges;
    }

    /// <returns>All charges that name a reservation, also those that failed. One that was voided before it came names none.</returns>
    public IReadOnlyList<ProviderCharge> AllCharges()
    {
        using var connection = Open();
        using var command = connection.CreateCommand();
        command.CommandText = Sql + " WHERE reference IS NOT NULL";
        return Read(command);
    }

    private SqliteConnection Open()
    {
        // Not pooled: a kept connection would hold the file, and this is asked once.
        var address = new SqliteConnectionStringBuilder { DataSource = path, Mode = SqliteOpenMode.ReadOnly, Pooling = false };
        var connection = new SqliteConnection(address.ToString());
        connection.Open();
        return connection;
    }

    private static List<ProviderCharge> Read(SqliteCommand command)
    {
        var charges = new List<ProviderCharge>();
        using var rows = command.ExecuteReader();
        while (rows.Read())
        {
            charges.Add(new ProviderCharge(
                Guid.Parse(rows.GetString(0)), rows.GetString(1), rows.GetString(2), rows.IsDBNull(3) ? null : rows.GetInt64(3),
                rows.IsDBNull(4) ? null : rows.GetString(4), rows.GetInt64(5)));
        }

        return charges;
    }
}
