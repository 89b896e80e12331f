using TravelHub.PaymentSandbox.Answers;

namespace TravelHub.PaymentSandbox.Ledger;

/// <summary>What moved in one currency. Invariant: the balance is what was captured less what was refunded.</summary>
internal sealed record LedgerTotals(MovementTotal Captured, MovementTotal Refunded, long BalanceMinor);

/// <summary>How many movements of a kind there were, and what they sum to.</summary>
internal sealed record MovementTotal(long Count, long AmountMinor);

/// <summary>The ledger's route, and what the program needs to keep one.</summary>
internal static class LedgerEndpoints
{
    public static void AddLedger(this IServiceCollection services)
    {
        services.AddSingleton<LedgerFile>();
        services.AddSingleton<LedgerReader>();
        services.AddSingleton<GroupCommit>();
        services.AddHostedService(provider => provider.GetRequiredService<GroupCommit>());
    }

    /// <summary>The totals by currency. They are summed from the rows at each call: nothing kept beside them can drift.</summary>
    public static void MapLedger(this WebApplication app) =>
        app.MapGet("/ledger", (LedgerReader reader) =>
            new JsonAnswer<IReadOnlyDictionary<string, LedgerTotals>>(reader.SumUp(), SandboxJson.Default.IReadOnlyDictionaryStringLedgerTotals));
}
