using Npgsql;
using TravelHub.Client.Replay.Audit;

namespace TravelHub.Client.Payments;

/// <summary>Compares the books with the provider's own, reservation by reservation.</summary>
internal sealed class Reconciliation(NpgsqlDataSource database, ProviderStore provider)
{
    private const int FirstKept = 20;

    /// <summary>The books follow the log every 10 s, and need a moment for what they read.</summary>
    private static readonly TimeSpan BooksPatience = TimeSpan.FromSeconds(15);

    private const string BooksSql = """
        SELECT reservation, currency, sum(amount_minor) FILTER (WHERE debit = 'provider')::bigint, sum(amount_minor) FILTER (WHERE credit = 'provider')::bigint
        FROM ledger_movements GROUP BY reservation, currency
        """;

    // What has no end yet may have been charged a moment ago: the books will hear of it.
    private const string OpenSql = "SELECT id FROM reservations WHERE wake_at IS NOT NULL";

    private const string SumsSql = "SELECT account, currency, sum(amount_minor)::bigint FROM ledger_entries GROUP BY account, currency ORDER BY account, currency";

    /// <summary>Compares, and if there are differences once more when the books have followed: only what differs in the same way both times is told.</summary>
    public async Task<ReconciliationReport> RunPatiently(TimeProvider time, CancellationToken cancellationToken)
    {
        var first = await Compare(cancellationToken);
        if (first.Differences == 0)
            return first;
        await Task.Delay(BooksPatience, time, cancellationToken);
        var second = await Compare(cancellationToken);
        return Told(second with { First = [.. second.First.Intersect(first.First)] });
    }

    /// <summary>Compares once. While there is traffic, the books lag behind the provider by some seconds.</summary>
    public async Task<ReconciliationReport> Run(CancellationToken cancellationToken) => Told(await Compare(cancellationToken));

    private static ReconciliationReport Told(ReconciliationReport all) => all with { Differences = all.First.Count, First = [.. all.First.Take(FirstKept)] };

    /// <returns>With all differences.</returns>
    private async Task<ReconciliationReport> Compare(CancellationToken cancellationToken)
    {
        // The provider first: what is booked meanwhile is no difference, and what it captures after this is not looked at.
        var charges = provider.AllCharges().Where(c => c.IsCaptured).ToLookup(c => (c.Reservation, Currency: c.Currency!));
        var open = await Open(cancellationToken);
        var books = await Books(cancellationToken);
        var differences = new List<Difference>();
        var underWay = 0L;
        foreach (var key in books.Keys.Union(charges.Select(c => c.Key)))
        {
            var (captured, refunded) = books.GetValueOrDefault(key);
            var (theirs, theirRefunds) = (charges[key].Sum(c => c.AmountMinor!.Value), charges[key].Sum(c => c.RefundedMinor));
            if ((captured, refunded) == (theirs, theirRefunds))
                continue;
            if (open.Contains(key.Reservation))
                underWay++;
            else
                differences.Add(new Difference(key.Reservation, key.Currency, captured, theirs, refunded, theirRefunds));
        }

        return new ReconciliationReport(books.Count, underWay, differences.Count, differences, await Sums(cancellationToken));
    }

    private async Task<Dictionary<(Guid Reservation, string Currency), (long Captured, long Refunded)>> Books(CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(BooksSql);
        await using var rows = await command.ExecuteReaderAsync(cancellationToken);
        var books = new Dictionary<(Guid, string), (long, long)>();
        while (await rows.ReadAsync(cancellationToken))
            books.Add((rows.GetGuid(0), rows.GetString(1)), (rows.IsDBNull(2) ? 0 : rows.GetInt64(2), rows.IsDBNull(3) ? 0 : rows.GetInt64(3)));
        return books;
    }

    private async Task<HashSet<Guid>> Open(CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(OpenSql);
        await using var rows = await command.ExecuteReaderAsync(cancellationToken);
        var open = new HashSet<Guid>();
        while (await rows.ReadAsync(cancellationToken))
            open.Add(rows.GetGuid(0));
        return open;
    }

    private async Task<IReadOnlyList<AccountSum>> Sums(CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(SumsSql);
        await using var rows = await command.ExecuteReaderAsync(cancellationToken);
        var sums = new List<AccountSum>();
        while (await rows.ReadAsync(cancellationToken))
            sums.Add(new AccountSum(rows.GetString(0), rows.GetString(1), rows.GetInt64(2)));
        return sums;
    }
}

/// <summary>What the comparison found.</summary>
/// <param name="Reservations">How many have moved money, by the books.</param>
/// <param name="UnderWay">Unfinished ones on which both differ: not a difference yet.</param>
/// <param name="Differences">How many differ for good.</param>
internal sealed record ReconciliationReport(
    long Reservations, long UnderWay, long Differences, IReadOnlyList<Difference> First, IReadOnlyList<AccountSum> Accounts)
{
    /// <summary>Whether all accounts together come to nothing in each currency.</summary>
    public bool IsBalanced => Accounts.GroupBy(a => a.Currency).All(c => c.Sum(a => a.AmountMinor) == 0);

    public bool Holds => Differences == 0 && IsBalanced;
}

/// <summary>A reservation whose money the two see differently, in minor units.</summary>
internal sealed record Difference(
    Guid Reservation, string Currency, long CapturedMinor, long ProviderCapturedMinor, long RefundedMinor, long ProviderRefundedMinor);

/// <param name="AmountMinor">Debits less credits.</param>
internal sealed record AccountSum(string Account, string Currency, long AmountMinor);
