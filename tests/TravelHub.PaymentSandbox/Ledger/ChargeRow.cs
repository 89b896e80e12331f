using Microsoft.Data.Sqlite;
using TravelHub.PaymentSandbox.Charges;

namespace TravelHub.PaymentSandbox.Ledger;

/// <summary>A charge as the table keeps it. Writer and readers read it the same way.</summary>
internal static class ChargeRow
{
    public const string Columns = "charge_id, reference, status, amount_minor, currency, token, reason";

    public static Charge Read(SqliteDataReader row) => new(
        row.GetString(0),
        row.GetString(2),
        row.IsDBNull(3) ? null : new ChargeTerms(row.GetInt64(3), row.GetString(4), row.GetString(5), row.GetString(1)),
        row.IsDBNull(6) ? null : row.GetString(6));
}
