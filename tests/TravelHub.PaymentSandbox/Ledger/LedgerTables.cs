using Microsoft.Data.Sqlite;
using SQLitePCL;
using TravelHub.PaymentSandbox.Charges;
using TravelHub.PaymentSandbox.Refunds;

namespace TravelHub.PaymentSandbox.Ledger;

/// <summary>The tables as the one writer sees them. Not for two threads at once; every call is inside a transaction.</summary>
internal sealed class LedgerTables(SqliteConnection connection, TimeProvider time) : IDisposable
{
    private readonly Statement _begin = new(connection, "BEGIN IMMEDIATE");
    private readonly Statement _commit = new(connection, "COMMIT");
    private readonly Statement _rollback = new(connection, "ROLLBACK");

    private readonly Statement _findCharge = new(
        connection, $"SELECT {ChargeRow.Columns} FROM charges WHERE charge_id = $1", 1);

    private readonly Statement _addCharge = new(
        connection, $"INSERT INTO charges ({ChargeRow.Columns}, created_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)", 8);

    private readonly Statement _voidCharge = new(
        connection, "UPDATE charges SET status = 'voided' WHERE charge_id = $1 AND status = 'declined'", 1);

    private readonly Statement _findRefund = new(
        connection, "SELECT refund_id, charge_id, amount_minor, currency FROM refunds WHERE refund_id = $1", 1);

    private readonly Statement _refunded = new(
        connection, "SELECT coalesce(sum(amount_minor), 0) FROM refunds WHERE charge_id = $1", 1);

    private readonly Statement _addRefund = new(
        connection, "INSERT INTO refunds (refund_id, charge_id, amount_minor, currency, created_at) VALUES ($1, $2, $3, $4, $5)", 5);

    // Both sides in one statement: there is no way to write half a movement.
    private readonly Statement _move = new(connection, """
        INSERT INTO entries (movement, movement_id, account, amount_minor, currency)
        VALUES ($1, $2, 'customer', -$3, $4), ($1, $2, 'merchant', $3, $4)
        """, 4);

    public void Begin() => _begin.Execute();

    /// <summary>Returns once the transaction is on the disk.</summary>
    public void Commit() => _commit.Execute();

    /// <summary>Undoes what is open; nothing, when SQLite has undone it itself, as it does when the disk is full.</summary>
    public void Rollback()
    {
        if (raw.sqlite3_get_autocommit(connection.Handle) == 0)
            _rollback.Execute();
    }

    public Charge? FindCharge(string chargeId)
    {
        using var row = _findCharge.Query(chargeId);
        return row.Read() ? ChargeRow.Read(row) : null;
    }

    public void AddCharge(Charge charge)
    {
        var terms = charge.Terms;
        _addCharge.Execute(
            charge.ChargeId, terms?.Reference, charge.Status, terms?.AmountMinor, terms?.Currency, terms?.Token, charge.Reason, Now());
        if (charge.Status == ChargeStatus.Captured)
            _move.Execute("charge", charge.ChargeId, terms!.AmountMinor, terms.Currency);
    }

    /// <summary>Only a declined charge becomes voided; a captured one is refunded.</summary>
    public void VoidCharge(string chargeId) => _voidCharge.Execute(chargeId);

    public Refund? FindRefund(string refundId)
    {
        using var row = _findRefund.Query(refundId);
        return row.Read() ? new Refund(row.GetString(0), row.GetString(1), row.GetInt64(2), row.GetString(3)) : null;
    }

    public long RefundedMinor(string chargeId)
    {
        using var row = _refunded.Query(chargeId);
        row.Read();
        return row.GetInt64(0);
    }

    public void AddRefund(Refund refund)
    {
        _addRefund.Execute(refund.RefundId, refund.ChargeId, refund.AmountMinor, refund.Currency, Now());
        _move.Execute("refund", refund.RefundId, -refund.AmountMinor, refund.Currency);
    }

    public void Dispose()
    {
        Statement[] all = [_begin, _commit, _rollback, _findCharge, _addCharge, _voidCharge, _findRefund, _refunded, _addRefund, _move];
        foreach (var statement in all)
            statement.Dispose();
        connection.Dispose();
    }

    private string Now() => time.GetUtcNow().UtcDateTime.ToString("O");
}
