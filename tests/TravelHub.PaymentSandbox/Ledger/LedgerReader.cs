using Microsoft.Data.Sqlite;
using TravelHub.PaymentSandbox.Charges;

namespace TravelHub.PaymentSandbox.Ledger;

/// <summary>Answers questions beside the writer, from what is committed.</summary>
internal sealed class LedgerReader(LedgerFile file)
{
    // One statement, so one snapshot: a refund cannot be counted without its charge. The balance is taken from the entries
    // and not from the two sums before it, so that the three figures check each other.
    private const string Totals = """
        WITH captured AS (SELECT currency, count(*) AS n, sum(amount_minor) AS total
                          FROM charges WHERE status = 'captured' GROUP BY currency),
             refunded AS (SELECT currency, count(*) AS n, sum(amount_minor) AS total FROM refunds GROUP BY currency),
             balance AS (SELECT currency, sum(amount_minor) AS total FROM entries WHERE account = 'merchant' GROUP BY currency)
        SELECT balance.currency, coalesce(captured.n, 0), coalesce(captured.total, 0),
               coalesce(refunded.n, 0), coalesce(refunded.total, 0), balance.total
        FROM balance LEFT JOIN captured USING (currency) LEFT JOIN refunded USING (currency)
        ORDER BY balance.currency
        """;

    public Charge? FindCharge(string chargeId) =>
        Read($"SELECT {ChargeRow.Columns} FROM charges WHERE charge_id = $1", chargeId, ChargeRow.Read).SingleOrDefault();

    public IReadOnlyList<ChargeAnswer> ListCharges(string reference) =>
        Read(
            $"SELECT {ChargeRow.Columns} FROM charges WHERE reference = $1 ORDER BY created_at, charge_id",
            reference,
            row => ChargeAnswer.Of(ChargeRow.Read(row)));

    public IReadOnlyDictionary<string, LedgerTotals> SumUp() => Read(Totals, null, row => (
            Currency: row.GetString(0),
            Totals: new LedgerTotals(
                new MovementTotal(row.GetInt64(1), row.GetInt64(2)),
                new MovementTotal(row.GetInt64(3), row.GetInt64(4)),
                row.GetInt64(5))))
        .ToDictionary(row => row.Currency, row => row.Totals);

    private List<T> Read<T>(string sql, string? parameter, Func<SqliteDataReader, T> row)
    {
        using var connection = file.OpenForReading();
        using var statement = new Statement(connection, sql, parameter is null ? 0 : 1);
        using var rows = parameter is null ? statement.Query() : statement.Query(parameter);
        var read = new List<T>();
        while (rows.Read())
            read.Add(row(rows));
        return read;
    }
}
